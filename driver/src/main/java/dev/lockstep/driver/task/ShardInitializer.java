package dev.lockstep.driver.task;

import dev.lockstep.params.Range;
import dev.lockstep.params.shard.RangeContents;
import dev.lockstep.params.shard.ShardServer;
import dev.lockstep.params.shard.ShardSource;
import java.io.Serializable;
import org.apache.spark.broadcast.Broadcast;

/**
 * Fills shards from what the driver has broadcast, one entry per range of the layout. Ranges without slots are at their
 * first values; the others come from a checkpoint.
 */
public final class ShardInitializer implements ShardSource, Serializable {
    private final Broadcast<RangeContents[]> ranges;

    public ShardInitializer(Broadcast<RangeContents[]> ranges) {
        this.ranges = ranges;
    }

    @Override
    public void fill(ShardServer shard, long step) {
        for (Range range : shard.ranges()) {
            RangeContents contents = ranges.value()[range.index()];
            if (contents.slots() == null) {
                shard.load(range.index(), contents.params());
            } else {
                shard.load(contents);
            }
        }
    }
}

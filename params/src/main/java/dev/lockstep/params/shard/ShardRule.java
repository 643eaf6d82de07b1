package dev.lockstep.params.shard;

import dev.lockstep.optim.update.UpdateRule;
import dev.lockstep.params.compress.Compression;
import dev.lockstep.params.compress.NoCompression;
import java.io.Serializable;

/**
 * What shards do with gradients.
 *
 * @param divisor what the sum over all workers is divided by
 * @param update what happens then
 * @param compression of what comes from other hosts
 */
public record ShardRule(Divisor divisor, UpdateRule update, Compression compression) implements Serializable {
    public ShardRule(Divisor divisor, UpdateRule update) {
        this(divisor, update, new NoCompression());
    }

    /** Whether anything is left out. */
    public boolean compresses() {
        return !(compression instanceof NoCompression);
    }
}

package dev.lockstep.params.shard;

import dev.lockstep.params.Layout;
import dev.lockstep.params.link.Address;
import dev.lockstep.params.member.ClusterSettings;
import java.io.Serializable;

/**
 * Which shard of which job.
 *
 * @param index in the layout
 * @param coordinator whom it tells that it lives
 */
public record ShardSettings(ClusterSettings cluster, Layout layout, ShardRule rule, int index, Address coordinator)
        implements Serializable {
    public ShardSettings {
        if (index < 0 || index >= layout.shards()) {
            throw new IllegalArgumentException(
                    "Shard must be in the layout: index=" + index + ", shards=" + layout.shards());
        }
    }
}

package dev.lockstep.params.client;

import dev.lockstep.params.Layout;
import dev.lockstep.params.link.Address;
import dev.lockstep.params.member.ClusterSettings;
import dev.lockstep.params.shard.ShardRule;
import dev.lockstep.params.wire.Hosted;
import java.util.List;
import java.util.function.Supplier;

/**
 * Which worker of which job.
 *
 * @param index its number, 0 is the first
 * @param coordinator where it joins
 * @param rule what the shards do with gradients
 * @param hosted the shards of its process, told with every request to join
 */
public record WorkerSettings(
        ClusterSettings cluster,
        Layout layout,
        int index,
        Address coordinator,
        ShardRule rule,
        Supplier<List<Hosted>> hosted) {
    public WorkerSettings {
        if (index < 0 || index >= cluster.workers()) {
            throw new IllegalArgumentException(
                    "Worker must be in the job: index=" + index + ", workers=" + cluster.workers());
        }
    }

    /** Whether worker 0 commands the shards in each step, as L-BFGS does: each worker pushes its gradient then. */
    boolean commanded() {
        return rule.update().lbfgs().isPresent();
    }
}

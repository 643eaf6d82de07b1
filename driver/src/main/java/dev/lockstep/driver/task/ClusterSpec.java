package dev.lockstep.driver.task;

import dev.lockstep.params.Layout;
import dev.lockstep.params.link.Address;
import dev.lockstep.params.link.TransportSettings;
import dev.lockstep.params.member.ClusterSettings;
import dev.lockstep.params.node.Membership;
import dev.lockstep.params.node.Node;
import dev.lockstep.params.secure.JobKey;
import dev.lockstep.params.shard.ShardRule;
import java.io.Serializable;
import org.apache.spark.SparkEnv;

/**
 * Where a run's workers and shards meet.
 *
 * @param settings of the cluster; a run that starts again after a loss has a new job number
 * @param coordinator in the driver
 * @param key of the job: Spark brings it to the tasks, and nobody else has it
 * @param shared how a process reaches others, but for its own host name
 */
public record ClusterSpec(
        ClusterSettings settings,
        JobKey key,
        Address coordinator,
        Layout layout,
        ShardRule rule,
        TransportSettings shared)
        implements Serializable {

    /** The node of the running task's process, which takes part in the job from now on. */
    Node node() {
        Node node = ProcessNode.open(transport());
        node.admit(settings.job(), key);
        return node;
    }

    /** Under the name by which Spark knows the process's host. */
    private TransportSettings transport() {
        String host = SparkEnv.get().blockManager().blockManagerId().host();
        return shared.withNetwork(shared.network().withHost(host));
    }

    Membership membership(int worker) {
        return new Membership(settings, coordinator, worker, layout, rule);
    }
}

package dev.lockstep.driver.task;

import dev.lockstep.params.Layout;
import dev.lockstep.params.link.Address;
import dev.lockstep.params.link.TransportSettings;
import dev.lockstep.params.member.ClusterSettings;
import dev.lockstep.params.node.Membership;
import dev.lockstep.params.shard.ShardRule;
import java.io.Serializable;
import org.apache.spark.SparkEnv;

/**
 * Where a run's workers and shards meet.
 *
 * @param settings of the cluster; a run that starts again after a loss has a new job number
 * @param coordinator in the driver
 * @param shared how a process reaches others, but for its own host name
 */
public record ClusterSpec(
        ClusterSettings settings, Address coordinator, Layout layout, ShardRule rule, TransportSettings shared)
        implements Serializable {

    /** For the process of the running task, under the name by which Spark knows its host. */
    TransportSettings transport() {
        String host = SparkEnv.get().blockManager().blockManagerId().host();
        return shared.withNetwork(shared.network().withHost(host));
    }

    Membership membership(int worker) {
        return new Membership(settings, coordinator, worker, layout, rule);
    }
}

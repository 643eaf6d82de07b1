package dev.lockstep.driver.train;

import dev.lockstep.params.link.NetworkSettings;
import dev.lockstep.params.node.Node;

/**
 * The one {@link Node} of a process. Spark's tasks come and go; the shards beside them must stay, and Spark has no
 * other place for them.
 */
final class ProcessNode {
    private static Node node;

    private ProcessNode() {}

    /** The node of this process, opened at the first call. It stays until the process ends. */
    static synchronized Node open(NetworkSettings settings) {
        if (node == null) {
            node = Node.open(settings);
            Runtime.getRuntime().addShutdownHook(new Thread(ProcessNode::close, "lockstep-node-close"));
        }

        return node;
    }

    private static synchronized void close() {
        if (node != null) {
            node.close();
            node = null;
        }
    }
}

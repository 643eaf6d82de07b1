package dev.lockstep.driver.task;

import dev.lockstep.params.link.TransportSettings;
import dev.lockstep.params.node.Node;
import java.util.HashMap;
import java.util.Map;

/**
 * The {@link Node}s of a process, one for each way to reach others. Spark's tasks come and go; the shards beside them
 * must stay, and Spark has no other place for them.
 */
public final class ProcessNode {
    private static final Map<TransportSettings, Node> NODES = new HashMap<>();

    private ProcessNode() {}

    /**
     * The node of this process with these settings, opened at the first call with them. It stays until the process
     * ends.
     */
    public static synchronized Node open(TransportSettings settings) {
        if (NODES.isEmpty()) {
            Runtime.getRuntime().addShutdownHook(new Thread(ProcessNode::close, "lockstep-node-close"));
        }

        return NODES.computeIfAbsent(settings, Node::open);
    }

    private static synchronized void close() {
        NODES.values().forEach(Node::close);
        NODES.clear();
    }
}

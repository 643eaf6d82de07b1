package dev.lockstep.params.node;

import dev.lockstep.params.Layout;
import dev.lockstep.params.client.WorkerClient;
import dev.lockstep.params.client.WorkerMemory;
import dev.lockstep.params.link.NetworkSettings;
import dev.lockstep.params.member.ClusterSettings;
import dev.lockstep.params.member.Coordinator;
import dev.lockstep.params.member.StepListener;
import dev.lockstep.params.shard.ShardSource;

/**
 * All that one process runs of a job: its network, its shards, its workers' ends, and in the driver the coordinator. Outlives tasks,
 * so that shards keep their state between segments. Thread-safe.
 *
 * <p>A background thread keeps everything answering; a worker's thread does the same work whenever it waits.
 */
public final class Node implements AutoCloseable {
    /** Starts the network (a media driver of its own) and the background thread. */
    public static Node open(NetworkSettings settings) {
        throw new UnsupportedOperationException();
    }

    /** Opens the coordinator of a job, in the driver's process. */
    public Coordinator coordinate(ClusterSettings settings, Layout layout, StepListener listener) {
        throw new UnsupportedOperationException();
    }

    /**
     * Takes a place in the segment that the coordinator has open: joins, creates the shards that this process is told to host, and
     * returns when everybody stands ready.
     *
     * @param source fills a shard that is to be hosted here
     */
    public WorkerClient join(Membership membership, WorkerMemory memory, ShardSource source) {
        throw new UnsupportedOperationException();
    }

    /** Ends the background thread, the shards and the network; nothing is left in shared memory. */
    @Override
    public void close() {
        throw new UnsupportedOperationException();
    }
}

package dev.lockstep.deploy.doctor;

import dev.lockstep.driver.job.Job;
import dev.lockstep.params.link.Protocol;
import dev.lockstep.params.link.aeron.SharedMemoryPlan;
import java.io.Serializable;

/**
 * How much of a machine's shared memory a training takes if all of it is on that machine.
 *
 * @param enough for links of full length, and for parameters and gradients
 * @param least for the shortest links, without which it is refused
 * @param of whose it is, for messages
 */
record SharedMemoryNeed(long enough, long least, String of) implements Serializable {
    /** Of two workers, where the network is not known. */
    static final SharedMemoryNeed USUAL = of(2, 2, /* parameters */ 0, "two workers, without parameters");

    static SharedMemoryNeed of(Job job) {
        int workers = job.train().workers();
        int shards = job.train().shards() == null ? workers : job.train().shards();
        long parameters = job.parameters().orElse(0);
        return of(workers, shards, parameters, "train.workers=" + workers + ", parameters=" + parameters);
    }

    private static SharedMemoryNeed of(int workers, int shards, long parameters, String of) {
        int peers = workers + shards + 1;
        long links = SharedMemoryPlan.of(peers, Protocol.AUTO, Long.MAX_VALUE).neededByAll();
        long values = parameters * Float.BYTES * (workers + 1L);
        // Links take half at most.
        long enough = Math.max(2 * links, links + values);
        return new SharedMemoryNeed(
                enough, SharedMemoryPlan.of(peers, Protocol.AUTO, 0).neededByAll(), of);
    }
}

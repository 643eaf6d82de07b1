package dev.lockstep.params.link.aeron;

import dev.lockstep.params.ParamException;
import dev.lockstep.params.ParamException.Outcome;
import dev.lockstep.params.link.Protocol;
import java.nio.file.Path;

/**
 * How much shared memory a process's media driver will need, settled before it starts. A link is one log, or one in
 * each of two machines. Of m workers and shards, as many of each, every worker has one to every shard and back, every
 * shard one to every other, and all have one to the coordinator and back.
 *
 * <pre>
 *   log(term) = 3 · term + 4 KiB
 *   links = 3/4 · m² · log(term) + 2 · m · log(64 KiB)
 *   processes = m / 2 + 1
 *   needed = links / processes + 12.5 MiB        by each
 * </pre>
 *
 * <p>The term is the longest power of two with which all processes of the job, if all share the folder, fit its first
 * half: a worker's inbox and its shard's are in one process, and the driver's is in another. The other half is for
 * parameters and gradients.
 *
 * @param members m
 * @param termLength bytes of one of the three terms of each log of values
 * @param available bytes free in the folder
 */
public record SharedMemoryPlan(int members, int termLength, long available) {
    /** Where values cross networks in logs. */
    static final int LONGEST_TERM = 4 << 20;
    /** Enough within a machine, where values of dense parameters do not go in frames. */
    static final int IPC_TERM = 1 << 20;
    /** The shortest that Aeron takes; that of messages. */
    static final int SHORTEST_TERM = 64 << 10;

    /**
     * The shortest that Aeron takes: enough for 8,192 counters, which is a thousand links. With their names, five times
     * as much.
     */
    static final int COUNTERS = 1 << 20;

    /** The shortest, too. */
    static final int ERRORS = 4 << 20;

    /** Of losses, of commands to the driver and of its answers, with some room for what the parts are rounded up to. */
    private static final int OTHERS = (3 << 20) + (512 << 10);

    /** What a driver writes at its start. */
    static final long DRIVER_FILES = 5L * COUNTERS + ERRORS + OTHERS;

    private static final int LOG_META_DATA = 4 << 10;

    /** @param peers inboxes that a process will speak with: the workers', the shards' and the coordinator's */
    public static SharedMemoryPlan of(int peers, Protocol protocol, long available) {
        int longest = protocol == Protocol.UDP ? LONGEST_TERM : IPC_TERM;
        SharedMemoryPlan plan = new SharedMemoryPlan(Math.max(1, peers - 1), longest, available);
        while (plan.neededByAll() > available / 2 && plan.termLength > SHORTEST_TERM) {
            plan = new SharedMemoryPlan(plan.members, plan.termLength / 2, available);
        }

        return plan;
    }

    /** By one of the processes. */
    long needed() {
        return linksOfAll() / processes() + DRIVER_FILES;
    }

    private long processes() {
        return members / 2 + 1L;
    }

    /** What the links of all processes take, if all are on this machine. */
    long linksOfAll() {
        long values = (3L * members * members + 3) / 4;
        return values * log(termLength) + 2L * members * log(SHORTEST_TERM);
    }

    private static long log(int term) {
        return 3L * term + LOG_META_DATA;
    }

    /** By this process and the others, if all are on this machine. */
    public long neededByAll() {
        return linksOfAll() + processes() * DRIVER_FILES;
    }

    /** Bytes of a frame that fits any term of this length; Aeron's own limit for shared memory is 65,504. */
    int ipcMtu() {
        return Math.min(65_504, termLength / 8);
    }

    /** Throws unless it fits; the message names the fix. */
    void require(Path folder) {
        if (needed() > available) {
            throw new ParamException(
                    Outcome.REFUSED,
                    "Shared memory is too small for the links: folder=" + folder + ", needed=" + mebibytes(needed())
                            + " MiB, available=" + mebibytes(available) + " MiB, members=" + members
                            + ". Enlarge it (Docker: --shm-size=" + mebibytes(neededByAll())
                            + "m; Kubernetes: an emptyDir with medium"
                            + " Memory on /dev/shm; else: mount -o remount,size=... /dev/shm) or name another folder.");
        }
    }

    private static long mebibytes(long bytes) {
        return (bytes + (1 << 20) - 1) >> 20;
    }
}

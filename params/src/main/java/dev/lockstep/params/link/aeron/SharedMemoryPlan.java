package dev.lockstep.params.link.aeron;

import dev.lockstep.params.ParamException;
import dev.lockstep.params.ParamException.Outcome;
import java.nio.file.Path;

/**
 * How much shared memory a process's media driver will need, settled before it starts.
 *
 * <pre>
 *   needed = logs · (3 · term + 4 KiB) + 12.5 MiB        logs = 2 · peers + 2
 * </pre>
 *
 * <p>The term is the longest power of two, up to 4 MiB, with which all processes that may share the folder fit its
 * first half: a worker's inbox and its shard's are in one process, and the driver's is in another. The other half is
 * for parameters and gradients.
 *
 * @param peers inboxes of other processes
 * @param termLength bytes of one of the three terms of each log
 * @param available bytes free in the folder
 */
record SharedMemoryPlan(int peers, int termLength, long available) {
    static final int LONGEST_TERM = 4 << 20;
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

    static SharedMemoryPlan of(int peers, long available) {
        SharedMemoryPlan plan = new SharedMemoryPlan(peers, LONGEST_TERM, available);
        while (plan.neededByAll() > available / 2 && plan.termLength > SHORTEST_TERM) {
            plan = new SharedMemoryPlan(peers, plan.termLength / 2, available);
        }

        return plan;
    }

    /** Buffers of links that begin or end here. */
    int logs() {
        return 2 * peers + 2;
    }

    long needed() {
        return links() + DRIVER_FILES;
    }

    private long links() {
        return logs() * (3L * termLength + LOG_META_DATA);
    }

    /** What the links of all processes take, if all are on this machine. */
    long linksOfAll() {
        return processes() * links();
    }

    private long processes() {
        return peers / 2 + 1L;
    }

    /** By this process and the others, if all are on this machine. */
    long neededByAll() {
        return processes() * needed();
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
                            + " MiB, available=" + mebibytes(available) + " MiB, logs=" + logs()
                            + ". Enlarge it (Docker: --shm-size=" + mebibytes(neededByAll())
                            + "m; Kubernetes: an emptyDir with medium"
                            + " Memory on /dev/shm; else: mount -o remount,size=... /dev/shm) or name another folder.");
        }
    }

    private static long mebibytes(long bytes) {
        return (bytes + (1 << 20) - 1) >> 20;
    }
}

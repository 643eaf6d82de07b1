package dev.lockstep.params.link;

import dev.lockstep.params.ParamException;
import dev.lockstep.params.ParamException.Outcome;
import java.nio.file.Path;

/**
 * How much shared memory a process's media driver will need, settled before it starts: Aeron's files are sparse, so
 * that a driver which asks for too much dies much later and without a word.
 *
 * <pre>
 *   needed = logs · (3 · term + 4 KiB) + 16 MiB        logs = 2 · peers + 2
 * </pre>
 *
 * <p>The term is the longest power of two, up to 4 MiB, with which that stays under half of what is free.
 *
 * @param logs buffers of links that begin or end here
 * @param termLength bytes of one of the three terms of each
 * @param available bytes free in the folder
 */
record SharedMemoryPlan(int logs, int termLength, long available) {
    static final int LONGEST_TERM = 4 << 20;
    static final int SHORTEST_TERM = 64 << 10;

    private static final long DRIVER_FILES = 16L << 20;
    private static final int LOG_META_DATA = 4 << 10;

    static SharedMemoryPlan of(int peers, long available) {
        SharedMemoryPlan plan = new SharedMemoryPlan(2 * peers + 2, LONGEST_TERM, available);
        while (plan.needed() > available / 2 && plan.termLength > SHORTEST_TERM) {
            plan = new SharedMemoryPlan(plan.logs, plan.termLength / 2, available);
        }

        return plan;
    }

    long needed() {
        return logs * (3L * termLength + LOG_META_DATA) + DRIVER_FILES;
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
                            + " MiB, available=" + mebibytes(available) + " MiB, logs=" + logs
                            + ". Enlarge it (Docker: --shm-size=" + mebibytes(2 * needed())
                            + "m; Kubernetes: an emptyDir with medium"
                            + " Memory on /dev/shm; else: mount -o remount,size=... /dev/shm) or name another folder.");
        }
    }

    private static long mebibytes(long bytes) {
        return (bytes + (1 << 20) - 1) >> 20;
    }
}

package dev.lockstep.worker;

import java.io.Serializable;

/**
 * How a replica computes.
 *
 * @param threads of the computing thread and its helpers in libtorch; all replicas in a process should have the same
 *     number
 */
public record ReplicaSettings(int threads, Device device) implements Serializable {
    public ReplicaSettings {
        if (threads < 1) {
            throw new IllegalArgumentException("threads must be above 0: threads=" + threads);
        }
    }

    /** One thread on the CPU. */
    public ReplicaSettings() {
        this(1, Device.CPU);
    }
}

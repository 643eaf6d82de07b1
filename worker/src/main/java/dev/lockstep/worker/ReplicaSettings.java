package dev.lockstep.worker;

import java.io.Serializable;

/**
 * How a replica computes.
 *
 * @param threads of the computing thread and its helpers in libtorch; all replicas in a process should have the same
 *     number
 * @param precision of training; predictions are made in float32
 */
public record ReplicaSettings(int threads, Device device, Precision precision) implements Serializable {
    public ReplicaSettings {
        if (threads < 1) {
            throw new IllegalArgumentException("threads must be above 0: threads=" + threads);
        }
    }

    public ReplicaSettings(int threads, Device device) {
        this(threads, device, Precision.FLOAT32);
    }

    /** One thread on the CPU. */
    public ReplicaSettings() {
        this(1, Device.CPU);
    }
}

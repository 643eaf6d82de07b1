package dev.lockstep.worker;

import java.io.Serializable;

/**
 * How a replica computes.
 *
 * @param threads of the computing thread and its helpers in libtorch; all replicas in a process should have the same
 *     number
 * @param precision of training; predictions are made in float32
 * @param gpu which of those that the process sees, from 0; means nothing on the CPU
 */
public record ReplicaSettings(int threads, Device device, Precision precision, int gpu) implements Serializable {
    public ReplicaSettings {
        if (threads < 1) {
            throw new IllegalArgumentException("threads must be above 0: threads=" + threads);
        }
        if (gpu < 0) {
            throw new IllegalArgumentException("gpu must be at least 0: gpu=" + gpu);
        }
    }

    public ReplicaSettings(int threads, Device device, Precision precision) {
        this(threads, device, precision, /* gpu */ 0);
    }

    public ReplicaSettings(int threads, Device device) {
        this(threads, device, Precision.FLOAT32);
    }

    /** One thread on the CPU. */
    public ReplicaSettings() {
        this(1, Device.CPU);
    }

    /** The same on another GPU, where it is to be on one. */
    public ReplicaSettings onGpu(int index) {
        return new ReplicaSettings(threads, device, precision, index);
    }

    Placement placement() {
        return new Placement(device, gpu);
    }
}

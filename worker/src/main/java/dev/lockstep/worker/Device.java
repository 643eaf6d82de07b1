package dev.lockstep.worker;

import java.util.Locale;

/** What a replica computes on. */
public enum Device {
    CPU,
    /** An NVIDIA GPU: the one that the settings name, of those that the process sees. */
    CUDA;

    /** As a job file names it. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}

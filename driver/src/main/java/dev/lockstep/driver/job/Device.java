package dev.lockstep.driver.job;

/** What computes forward and backward passes. */
public enum Device {
    CPU,
    CUDA
}

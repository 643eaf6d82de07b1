package dev.lockstep.driver.job;

/** What a network computes in. Losses are double, whatever this is. */
public enum ComputePrecision {
    FLOAT32
}

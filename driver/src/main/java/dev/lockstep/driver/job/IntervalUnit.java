package dev.lockstep.driver.job;

/** What is counted between two events of a run. */
public enum IntervalUnit {
    STEP,
    EPOCH
}

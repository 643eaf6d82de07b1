package dev.lockstep.driver.job;

/** When a worker may go on to the next step. */
public enum Consistency {
    /** When every worker's gradient is in the parameters. */
    SYNC
}

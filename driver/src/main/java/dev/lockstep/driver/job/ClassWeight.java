package dev.lockstep.driver.job;

/** What the classes count in the loss, as learned from the training data. */
public enum ClassWeight {
    /** All the same in sum: examples / (classes · examples of the class), as scikit-learn's. */
    BALANCED
}

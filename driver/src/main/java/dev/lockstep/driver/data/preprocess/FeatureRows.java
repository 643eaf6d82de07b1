package dev.lockstep.driver.data.preprocess;

/** The training data's features as a {@link Preprocessor} sees them. */
public interface FeatureRows {}

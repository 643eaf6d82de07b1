package dev.lockstep.driver.data.preprocess;

/** A kind of preprocessing with its settings, to be fitted to the training data and to nothing else. */
public interface Preprocessor {
    Preprocess fit(FeatureRows rows);
}

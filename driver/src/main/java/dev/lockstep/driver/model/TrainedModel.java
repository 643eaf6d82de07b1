package dev.lockstep.driver.model;

import dev.lockstep.driver.job.ModelFile;

/** A trained model, read back: what describes it and its weights. */
public record TrainedModel(ModelFile file, Weights weights) {}

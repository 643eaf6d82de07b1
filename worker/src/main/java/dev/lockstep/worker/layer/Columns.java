package dev.lockstep.worker.layer;

import org.bytedeco.pytorch.Tensor;

/**
 * What examples bring, in one forward pass.
 *
 * @param numbers [examples, numbers]
 * @param categories whole numbers [examples, categories]
 */
record Columns(Tensor numbers, Tensor categories) {
    /** The same in TorchScript's language: names of both. */
    record Script(String numbers, String categories) {}
}

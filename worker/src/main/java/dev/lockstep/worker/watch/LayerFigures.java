package dev.lockstep.worker.watch;

import java.io.Serializable;

/**
 * What one training step of some examples was like at one layer. Standard deviations are over all values of all examples.
 *
 * @param activation standard deviation of what the layer hands on
 * @param saturated part of these values that lie at the ends of the layer's bounds; NaN for a layer without bounds
 * @param dead part of the units that are 0 for every example
 * @param gradient standard deviation of the derivative of the sum of the examples' losses by what the layer hands on; NaN where no
 *     gradient is wanted, because nothing is trained up to there
 */
public record LayerFigures(double activation, double saturated, double dead, double gradient) implements Serializable {}

package dev.lockstep.worker.layerstats;

import java.io.Serializable;

/**
 * What one training step of some examples was like at one layer. Standard deviations are over all values of all
 * examples.
 *
 * @param activation standard deviation of what the layer hands on
 * @param saturated part of these values that lie at the ends of the layer's bounds; NaN for a layer without bounds
 * @param dead part of the units that are 0 for every example
 * @param trained whether a gradient is wanted here: not where nothing is trained up to this layer
 * @param gradient standard deviation of the derivative of the sum of the examples' losses by what the layer hands on;
 *     NaN where none is wanted
 * @param fp16 how far both fit into 16 bits
 */
public record LayerFigures(
        double activation, double saturated, double dead, boolean trained, double gradient, Fp16Fit fp16)
        implements Serializable {}

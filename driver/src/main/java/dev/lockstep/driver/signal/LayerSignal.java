package dev.lockstep.driver.signal;

import dev.lockstep.worker.layerstats.LayerFigures;

/**
 * One layer's figures and what they mean.
 *
 * @param layer its position and name, as in {@code 3.0 (conv2d)}
 * @param backwards null where no gradient is wanted
 */
public record LayerSignal(String layer, LayerFigures figures, Verdict forwards, Verdict backwards) {}

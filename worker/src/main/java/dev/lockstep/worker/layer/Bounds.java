package dev.lockstep.worker.layer;

import java.io.Serializable;

/**
 * Between which values a layer's results lie where its slope goes to 0 at both: beyond reach at the ends, a unit hardly
 * learns.
 */
public record Bounds(double low, double high) implements Serializable {
    /** This part of the way between them, at either end, counts as the end: |tanh| above 0.95. */
    private static final double END = 1.0 / 40;

    /** Whether a value is so close to one of them that the slope there is nearly 0. */
    public boolean isEnd(double value) {
        double margin = (high - low) * END;
        return value <= low + margin || value >= high - margin;
    }
}

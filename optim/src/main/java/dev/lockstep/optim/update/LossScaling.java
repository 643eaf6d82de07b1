package dev.lockstep.optim.update;

import java.io.Serializable;

/**
 * How the factor moves by which losses are multiplied before a backward pass in 16 bits, as
 * {@code torch.amp.GradScaler} moves it.
 *
 * <pre>
 *   a gradient is not finite      the step is skipped, scale ← scale · backoffFactor
 *   growthInterval others in turn                     scale ← scale · growthFactor, if that is finite
 * </pre>
 *
 * With powers of two, which the defaults are, scaling and dividing again change no bit of a gradient but where it
 * leaves the narrow type's range.
 */
public record LossScaling(double initScale, double growthFactor, double backoffFactor, int growthInterval)
        implements Serializable {
    public LossScaling {
        if (!(initScale > 0 && initScale <= Float.MAX_VALUE)) {
            throw new IllegalArgumentException("initScale must be a positive float32: initScale=" + initScale);
        }
        if (!(growthFactor > 1 && Double.isFinite(growthFactor))) {
            throw new IllegalArgumentException("growthFactor must be above 1: growthFactor=" + growthFactor);
        }
        if (!(backoffFactor > 0 && backoffFactor < 1)) {
            throw new IllegalArgumentException("backoffFactor must be between 0 and 1: backoffFactor=" + backoffFactor);
        }
        if (growthInterval < 1) {
            throw new IllegalArgumentException("growthInterval must be at least 1: growthInterval=" + growthInterval);
        }
    }

    public LossScaling() {
        this(65536, 2, 0.5, 2000);
    }

    /** Before the first step. */
    public LossScale start() {
        return new LossScale((float) initScale, 0);
    }
}

package dev.lockstep.optim.update;

import dev.lockstep.optim.SettingChecks;
import java.util.Optional;

/**
 * Scales the gradient of each tensor by itself so that its norm is at most {@code maxNorm}; otherwise as
 * {@link ClipNorm}.
 *
 * <pre>
 *   g ← g · min(1, maxNorm / (‖g of this tensor‖ + 1e-6))
 * </pre>
 *
 * @param normType p of the norm, above 0; may be infinite
 */
public record ClipTensorNorm(double maxNorm, double normType) implements Clip {
    public ClipTensorNorm {
        SettingChecks.requireAtLeastZero("maxNorm", maxNorm);
        SettingChecks.requirePositiveOrInfinite("normType", normType);
    }

    public ClipTensorNorm(double maxNorm) {
        this(maxNorm, 2);
    }

    @Override
    public Optional<Norm> norm() {
        return Optional.of(new Norm(normType));
    }

    @Override
    public void clip(float[] gradient, int start, int end, double norm) {
        ClipNorm.scale(gradient, start, end, norm, maxNorm);
    }
}

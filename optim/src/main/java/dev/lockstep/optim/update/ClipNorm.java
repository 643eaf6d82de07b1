package dev.lockstep.optim.update;

import dev.lockstep.optim.SettingChecks;
import java.util.Optional;

/**
 * Scales all gradients together so that their norm is at most {@code maxNorm}, as
 * {@code torch.nn.utils.clip_grad_norm_}.
 *
 * <pre>
 *   g ← g · min(1, maxNorm / (‖g‖ + 1e-6))
 * </pre>
 *
 * <p>A norm equal to the limit is scaled a little. A NaN norm makes all gradients NaN, an infinite one makes them 0 or
 * NaN.
 *
 * @param normType p of the norm, above 0; may be infinite
 * @param errorIfNonfinite whether a NaN or infinite norm is an error
 */
public record ClipNorm(double maxNorm, double normType, boolean errorIfNonfinite) implements Clip {
    private static final double EPSILON = 1e-6;

    public ClipNorm {
        SettingChecks.requireAtLeastZero("maxNorm", maxNorm);
        SettingChecks.requirePositiveOrInfinite("normType", normType);
    }

    public ClipNorm(double maxNorm) {
        this(maxNorm, 2, false);
    }

    @Override
    public Optional<Norm> norm() {
        return Optional.of(new Norm(normType));
    }

    @Override
    public boolean global() {
        return true;
    }

    @Override
    public void clip(float[] gradient, int start, int end, double norm) {
        if (errorIfNonfinite && !Double.isFinite(norm)) {
            throw new IllegalArgumentException(
                    "Norm of the gradients is not finite: norm=" + norm + ", normType=" + normType);
        }

        scale(gradient, start, end, norm, maxNorm);
    }

    static void scale(float[] gradient, int start, int end, double norm, double maxNorm) {
        float scale = (float) Math.min(1, maxNorm / (norm + EPSILON));
        for (int i = start; i < end; i++) {
            gradient[i] *= scale;
        }
    }
}

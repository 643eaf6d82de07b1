package dev.lockstep.optim;

import java.util.ArrayList;
import java.util.List;

/**
 * RMSprop, as {@code torch.optim.RMSprop} (Hinton's lecture; centered as in Graves 2013): divided by the root of a
 * running mean of squares, epsilon added to the root.
 *
 * <pre>
 *   d ← ±g + λw
 *   v ← αv + (1 − α)d²
 *   a ← αa + (1 − α)d                 centered only, else a = 0
 *   u = d / (√(v − a²) + ε)
 *   w ← w − ηu                        without momentum
 *   b ← μb + u,  w ← w − ηb           with momentum
 * </pre>
 *
 * @param alpha α, share of the old mean kept, in [0, 1]
 * @param weightDecay λ, at least 0
 * @param momentum μ, at least 0; without it no buffer is kept
 */
public record RmsProp(
        double lr, double alpha, double eps, double weightDecay, double momentum, boolean centered, boolean maximize)
        implements Optimizer {
    private static final int STEP = 0;

    public RmsProp {
        SettingChecks.requireAtLeastZero("lr", lr);
        SettingChecks.requireShare("alpha", alpha);
        SettingChecks.requireAtLeastZero("eps", eps);
        SettingChecks.requireAtLeastZero("weightDecay", weightDecay);
        SettingChecks.requireAtLeastZero("momentum", momentum);
    }

    public RmsProp() {
        this(1e-2);
    }

    public RmsProp(double lr) {
        this(lr, 0.99, 1e-8, 0, 0, false, false);
    }

    @Override
    public List<String> slots() {
        List<String> slots = new ArrayList<>(List.of("square_avg"));
        if (centered) {
            slots.add("grad_avg");
        }
        if (momentum > 0) {
            slots.add("momentum_buffer");
        }

        return slots;
    }

    @Override
    public List<String> scalars() {
        return List.of("step");
    }

    @Override
    public RmsProp withMomentum(double value) {
        if (momentum == 0) {
            throw new IllegalArgumentException("A schedule can only cycle a momentum above 0: momentum=0.0");
        }

        return new RmsProp(lr, alpha, eps, weightDecay, value, centered, maximize);
    }

    @Override
    public void update(Slice slice, float[] gradient, double lr, double[] sums) {
        slice.scalars()[STEP]++;
        RmsPropStep step = new RmsPropStep(this, lr);
        if (centered && momentum > 0) {
            step.centeredWithMomentum(slice, gradient);
        } else if (centered) {
            step.centered(slice, gradient);
        } else if (momentum > 0) {
            step.withMomentum(slice, gradient);
        } else {
            step.plain(slice, gradient);
        }
    }
}

package dev.lockstep.optim.schedule;

import dev.lockstep.optim.SettingChecks;
import java.util.OptionalDouble;

/**
 * Up and down between two rates, as {@code torch.optim.lr_scheduler.CyclicLR} (Smith 2017). The optimizer's own rate
 * does not count.
 *
 * <pre>
 *   n = ⌊1 + t / (up + down)⌋,  h = height of the triangle at t: 0 at the start of a cycle, 1 after {@code up}
 *   η = baseLr + (maxLr − baseLr) · h · s
 *   s = 1 triangular,  2^(1 − n) triangular2,  gammaᵗ exp_range
 *   momentum = maxMomentum − (maxMomentum − baseMomentum) · h · s
 * </pre>
 *
 * @param stepSizeUp length of the rising half
 * @param stepSizeDown length of the falling half; null for as long as the rising one
 * @param cycleMomentum whether the momentum (or first beta) goes the other way; the optimizer must have one
 */
public record Cyclic(
        PerGroup baseLr,
        PerGroup maxLr,
        int stepSizeUp,
        Integer stepSizeDown,
        Mode mode,
        double gamma,
        boolean cycleMomentum,
        PerGroup baseMomentum,
        PerGroup maxMomentum,
        Per per)
        implements Schedule {
    /** How the triangles change from one to the next. */
    public enum Mode {
        TRIANGULAR,
        TRIANGULAR2,
        EXP_RANGE
    }

    public Cyclic {
        baseLr.requireAtLeastZero("baseLr");
        maxLr.requireAtLeastZero("maxLr");
        SettingChecks.requireAtLeast("stepSizeUp", stepSizeUp, 1);
        SettingChecks.requireAtLeast("stepSizeDown", stepSizeDown == null ? 1 : stepSizeDown, 1);
        SettingChecks.requireAtLeastZero("gamma", gamma);
        baseMomentum.requireAtLeastZero("baseMomentum");
        maxMomentum.requireAtLeastZero("maxMomentum");
    }

    public Cyclic(PerGroup baseLr, PerGroup maxLr) {
        this(baseLr, maxLr, 2000, null, Mode.TRIANGULAR, 1, true, new PerGroup(0.8), new PerGroup(0.9), Per.STEP);
    }

    @Override
    public double lr(int group, double ownLr, Progress at) {
        double least = baseLr.of(group);
        return least + (maxLr.of(group) - least) * height(per.time(at));
    }

    @Override
    public OptionalDouble momentum(int group, Progress at) {
        if (!cycleMomentum) {
            return OptionalDouble.empty();
        }

        double most = maxMomentum.of(group);
        return OptionalDouble.of(most - (most - baseMomentum.of(group)) * height(per.time(at)));
    }

    @Override
    public long cycles(Progress at) {
        return (long) (per.time(at) / length());
    }

    private double length() {
        return (double) stepSizeUp + (stepSizeDown == null ? stepSizeUp : stepSizeDown);
    }

    private double height(double time) {
        double up = stepSizeUp;
        double length = length();
        double cycle = Math.floor(1 + time / length);
        double done = 1 + time / length - cycle;
        double peak = up / length;
        double height = done <= peak ? done / peak : (done - 1) / (peak - 1);
        return switch (mode) {
            case TRIANGULAR -> height;
            case TRIANGULAR2 -> height * Math.pow(2, 1 - cycle);
            case EXP_RANGE -> height * Math.pow(gamma, time);
        };
    }

    @Override
    public void requireReady(int groups) {
        baseLr.requireGroups("baseLr", groups);
        maxLr.requireGroups("maxLr", groups);
        baseMomentum.requireGroups("baseMomentum", groups);
        maxMomentum.requireGroups("maxMomentum", groups);
    }
}

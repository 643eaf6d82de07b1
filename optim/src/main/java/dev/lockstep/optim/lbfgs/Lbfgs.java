package dev.lockstep.optim.lbfgs;

import dev.lockstep.optim.Optimizer;
import dev.lockstep.optim.SettingChecks;
import dev.lockstep.optim.Slice;
import java.util.List;

/**
 * Limited-memory BFGS, as {@code torch.optim.LBFGS} (Nocedal 1980; line search after minFunc by Mark Schmidt).
 *
 * <pre>
 *   s = change of the point, y = change of the gradient, kept for the last historySize iterations with yᵀs &gt; 1e-10
 *   d = −H g    by the two-loop recursion, H₀ = yᵀs / yᵀy
 *   x ← x + t d
 *   t = lr, in the first iteration lr · min(1, 1 / Σ|g|); with a line search it begins there
 * </pre>
 *
 * <p>A step makes up to {@code maxIter} iterations. It ends earlier when max|g| ≤ toleranceGrad, when the point or the
 * value moves by no more than toleranceChange, or after {@code maxEval} evaluations.
 *
 * @param maxEval evaluations per step; null for maxIter · 5 / 4
 * @param lineSearchFn null for steps of fixed length
 */
public record Lbfgs(
        double lr,
        int maxIter,
        Integer maxEval,
        double toleranceGrad,
        double toleranceChange,
        int historySize,
        LineSearch lineSearchFn)
        implements Optimizer {
    /** How the length of a step is found. */
    public enum LineSearch {
        STRONG_WOLFE
    }

    public Lbfgs {
        SettingChecks.requireAtLeastZero("lr", lr);
        SettingChecks.requireAtLeast("maxIter", maxIter, 1);
        SettingChecks.requireAtLeast("maxEval", maxEval == null ? 1 : maxEval, 1);
        SettingChecks.requireAtLeastZero("toleranceGrad", toleranceGrad);
        SettingChecks.requireAtLeastZero("toleranceChange", toleranceChange);
        SettingChecks.requireAtLeast("historySize", historySize, 1);
    }

    public Lbfgs() {
        this(1, 20, null, 1e-7, 1e-9, 100, null);
    }

    /**
     * Refuses groups, because directions are of all parameters together.
     *
     * @throws IllegalArgumentException if there is not exactly one
     */
    public static void requireOneGroup(int groups) {
        if (groups != 1) {
            throw new IllegalArgumentException("L-BFGS takes all parameters as one group: groups=" + groups);
        }
    }

    /** Keeps no slots: what it remembers, and for how long, {@link LbfgsMemory} says. */
    @Override
    public List<String> slots() {
        return List.of();
    }

    @Override
    public List<String> scalars() {
        return List.of();
    }

    /** A step looks at the loss where it chooses, so no pass over a slice can make it: {@link LbfgsRun} does. */
    @Override
    public void update(Slice slice, float[] gradient, double lr, double[] sums) {
        throw new UnsupportedOperationException("L-BFGS moves all slices together, by LbfgsRun");
    }

    int evaluationsPerStep() {
        return maxEval == null ? maxIter * 5 / 4 : maxEval;
    }
}

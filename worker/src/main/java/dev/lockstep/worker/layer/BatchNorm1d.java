package dev.lockstep.worker.layer;

import dev.lockstep.losses.NumberChecks;
import java.util.List;

/**
 * Batch normalisation of Ioffe and Szegedy (2015) over examples and, where there is one, length, as
 * {@code torch.nn.BatchNorm1d}. Takes [channels] or [channels, length]; see {@link BatchNormalization} for the formula
 * and the settings.
 */
public record BatchNorm1d(double eps, Double momentum, boolean affine, boolean trackRunningStats, boolean sync)
        implements Layer {
    public BatchNorm1d {
        NumberChecks.requireAtLeastZero("eps", eps);
    }

    public BatchNorm1d() {
        this(1e-5, 0.1, true, true, false);
    }

    @Override
    public Unit unit(List<Integer> input, Scope scope) {
        if (input.size() != 1 && input.size() != 2) {
            throw scope.refuse(input, "[channels] or [channels, length]");
        }

        return new BatchNormalization(eps, momentum, affine, trackRunningStats, sync).unit(input, scope);
    }

    @Override
    public String torchScript(List<Integer> input, String x, ScriptScope script) {
        return new BatchNormalization(eps, momentum, affine, trackRunningStats, sync).torchScript(x, script);
    }
}

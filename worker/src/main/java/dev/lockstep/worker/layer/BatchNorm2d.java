package dev.lockstep.worker.layer;

import dev.lockstep.losses.NumberChecks;
import java.util.List;

/**
 * Batch normalisation of Ioffe and Szegedy (2015) over examples, height and width, as {@code torch.nn.BatchNorm2d}.
 * Takes [channels, height, width]; see {@link BatchNormalization} for the formula and the settings.
 */
public record BatchNorm2d(double eps, Double momentum, boolean affine, boolean trackRunningStats, boolean sync)
        implements Layer {
    public BatchNorm2d {
        NumberChecks.requireAtLeastZero("eps", eps);
    }

    public BatchNorm2d() {
        this(1e-5, 0.1, true, true, false);
    }

    @Override
    public Unit unit(List<Integer> input, Scope scope) {
        if (input.size() != 3) {
            throw scope.refuse(input, "[channels, height, width]");
        }

        return new BatchNormalization(eps, momentum, affine, trackRunningStats, sync).unit(input, scope);
    }

    @Override
    public String torchScript(List<Integer> input, String x, ScriptScope script) {
        return new BatchNormalization(eps, momentum, affine, trackRunningStats, sync).torchScript(x, script);
    }
}

package dev.lockstep.worker.layer;

import dev.lockstep.losses.NumberChecks;
import java.util.List;

/**
 * Zeroes whole channels at random in training and scales up the others, as {@code torch.nn.Dropout2d}.
 *
 * <pre>
 *   y[n, c] = x[n, c] · m[n, c] / (1 − p)        m is 0 with probability p, else 1
 * </pre>
 *
 * @param p in [0, 1]
 */
public record Dropout2d(double p) implements Layer {
    public Dropout2d {
        NumberChecks.requireInside("p", p, 0, 1);
    }

    public Dropout2d() {
        this(0.5);
    }

    @Override
    public Unit unit(List<Integer> input, Scope scope) {
        if (input.size() != 3) {
            throw scope.refuse(input, "[channels, height, width]");
        }

        return new Unit(input, (x, pass) -> pass.droppedChannels(x, p));
    }

    @Override
    public String torchScript(List<Integer> input, String x, ScriptScope script) {
        return script.call("feature_dropout", x, p, ScriptScope.TRAINING);
    }
}

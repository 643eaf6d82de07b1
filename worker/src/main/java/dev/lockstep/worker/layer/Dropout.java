package dev.lockstep.worker.layer;

import dev.lockstep.losses.NumberChecks;
import java.util.List;

/**
 * Zeroes values at random in training and scales up the others, of Srivastava et al. (2014), as
 * {@code torch.nn.Dropout}.
 *
 * <pre>
 *   y = x · m / (1 − p)        m is 0 with probability p, else 1
 * </pre>
 *
 * @param p in [0, 1]
 */
public record Dropout(double p) implements Layer {
    public Dropout {
        NumberChecks.requireInside("p", p, 0, 1);
    }

    public Dropout() {
        this(0.5);
    }

    @Override
    public Unit unit(List<Integer> input, Scope scope) {
        return new Unit(input, (x, pass) -> pass.dropped(x, p));
    }

    @Override
    public String torchScript(List<Integer> input, String x, ScriptScope script) {
        return script.call("dropout", x, p, ScriptScope.TRAINING);
    }
}

package dev.lockstep.optim.update;

import dev.lockstep.optim.Optimizer;
import java.io.Serializable;

/** Parameters that share an optimizer: PyTorch's {@code param_groups}. */
public record ParamGroup(NamePattern pattern, Optimizer optimizer) implements Serializable {
    public ParamGroup(String pattern, Optimizer optimizer) {
        this(new NamePattern(pattern), optimizer);
    }
}

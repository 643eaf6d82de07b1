package org.example.mine;

import dev.lockstep.params.init.Constant;
import dev.lockstep.worker.layer.Layer;
import dev.lockstep.worker.layer.Scope;
import dev.lockstep.worker.layer.ScriptScope;
import dev.lockstep.worker.layer.Unit;
import java.util.List;

/** {@code y = s · x}, with a learned s for each feature. */
public record Scale(double first) implements Layer {
    public Scale() {
        this(1);
    }

    @Override
    public Unit unit(List<Integer> input, Scope scope) {
        if (input.size() != 1) {
            throw scope.refuse(input, "[features]");
        }
        int s = scope.parameter("weight", input, new Constant(first));
        return new Unit(input, (x, pass) -> x.mul(pass.parameter(s)));
    }

    @Override
    public String torchScript(List<Integer> input, String x, ScriptScope script) {
        return script.let(x + " * " + script.tensor("weight"));
    }
}

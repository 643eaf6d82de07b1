package dev.lockstep.worker.layer;

import static org.bytedeco.pytorch.global.torch.softmax;

import java.util.List;

/**
 * Positive values that add up to 1 along a dimension.
 *
 * <pre>
 *   y[i] = e^x[i] / Σ over j of e^x[j]
 * </pre>
 *
 * @param dim as PyTorch counts: 0 is that of the examples and refused, 1 the classes
 */
public record Softmax(int dim) implements Layer {
    public Softmax() {
        this(1);
    }

    @Override
    public Unit unit(List<Integer> input, Scope scope) {
        int along = Dimensions.ofExample(dim, input, scope) + 1;
        return new Unit(input, (x, pass) -> softmax(x, along));
    }

    @Override
    public String torchScript(List<Integer> input, String x, ScriptScope script) {
        return script.call("softmax", x, dim);
    }
}

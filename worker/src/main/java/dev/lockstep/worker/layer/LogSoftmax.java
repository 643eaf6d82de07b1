package dev.lockstep.worker.layer;

import static org.bytedeco.pytorch.global.torch.log_softmax;

import java.util.List;

/**
 * The logarithm of softmax, computed without making it first.
 *
 * <pre>
 *   y[i] = x[i] − ln Σ over j of e^x[j]
 * </pre>
 *
 * @param dim as PyTorch counts: 0 is that of the examples and refused, 1 the classes
 */
public record LogSoftmax(int dim) implements Layer {
    public LogSoftmax() {
        this(1);
    }

    @Override
    public Unit unit(List<Integer> input, Scope scope) {
        int along = Dimensions.ofExample(dim, input, scope) + 1;
        return new Unit(input, (x, pass) -> log_softmax(x, along));
    }

    @Override
    public String torchScript(List<Integer> input, String x, ScriptScope script) {
        return script.call("log_softmax", x, dim);
    }
}

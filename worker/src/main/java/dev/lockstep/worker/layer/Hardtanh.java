package dev.lockstep.worker.layer;

import static org.bytedeco.pytorch.global.torch.hardtanh;

import java.util.List;
import org.bytedeco.pytorch.Scalar;

/** {@code min(max_val, max(min_val, x))}; the slope at the corners is 0. */
public record Hardtanh(double minVal, double maxVal) implements Layer {
    public Hardtanh {
        if (!(minVal < maxVal)) {
            throw new IllegalArgumentException(
                    "min_val must be below max_val: min_val=" + minVal + ", max_val=" + maxVal);
        }
    }

    public Hardtanh() {
        this(-1, 1);
    }

    @Override
    public Unit unit(List<Integer> input, Scope scope) {
        return new Unit(input, (x, pass) -> hardtanh(x, new Scalar(minVal), new Scalar(maxVal)));
    }

    @Override
    public String torchScript(List<Integer> input, String x, ScriptScope script) {
        return script.call("hardtanh", x, minVal, maxVal);
    }

    @Override
    public Bounds bounds() {
        return new Bounds(minVal, maxVal);
    }
}

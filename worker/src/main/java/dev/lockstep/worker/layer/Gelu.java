package dev.lockstep.worker.layer;

import static org.bytedeco.pytorch.global.torch.gelu;

import java.util.List;
import java.util.Locale;

/**
 * Gaussian error linear unit of Hendrycks and Gimpel (2016).
 *
 * <pre>
 *   y = x Φ(x)                                           none
 *   y = x/2 · (1 + tanh(√(2/π) (x + 0.044715 x³)))       tanh
 * </pre>
 */
public record Gelu(Approximation approximate) implements Layer {
    /** How the normal distribution function is had. */
    public enum Approximation {
        NONE,
        TANH
    }

    public Gelu() {
        this(Approximation.NONE);
    }

    @Override
    public Unit unit(List<Integer> input, Scope scope) {
        String name = approximate.name().toLowerCase(Locale.ROOT);
        return new Unit(input, (x, pass) -> gelu(x, name));
    }

    @Override
    public String torchScript(List<Integer> input, String x, ScriptScope script) {
        return script.call("gelu", x, "approximate=\"" + approximate.name().toLowerCase(Locale.ROOT) + "\"");
    }
}

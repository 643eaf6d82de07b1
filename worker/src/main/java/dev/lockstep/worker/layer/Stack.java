package dev.lockstep.worker.layer;

import java.util.ArrayList;
import java.util.List;
import org.bytedeco.pytorch.Tensor;

/** Layers one after the other, named by their positions, as {@code torch.nn.Sequential}. */
public final class Stack {
    private Stack() {}

    /** The layers as one, each fitted to what the one before gives. */
    public static Unit unit(List<Layer> layers, List<Integer> input, Scope scope) {
        List<Forward> forwards = new ArrayList<>();
        List<Integer> shape = input;
        for (int i = 0; i < layers.size(); i++) {
            Scope inner = scope.within(Integer.toString(i), layers.get(i));
            Unit unit = fitted(layers.get(i), shape, inner);
            forwards.add(named(unit.forward(), inner.toString(), inner.fitted(layers.get(i), unit)));
            shape = unit.output();
        }

        Forward[] steps = forwards.toArray(Forward[]::new);
        return new Unit(shape, (x, pass) -> {
            for (Forward step : steps) {
                x = step.forward(x, pass);
            }
            return x;
        });
    }

    private static Unit fitted(Layer layer, List<Integer> input, Scope scope) {
        try {
            Unit unit = layer.unit(input, scope);
            int unused = unit.output().stream().reduce(1, Math::multiplyExact);
            return unit;
        } catch (ArithmeticException e) {
            throw new IllegalArgumentException(
                    "Layer has more values for one example than fit: layer=" + scope + ", input=" + input + ", limit="
                            + Integer.MAX_VALUE,
                    e);
        }
    }

    /** The layers in TorchScript's language, one after the other; see {@link Layer#torchScript}. */
    static String torchScript(List<Layer> layers, List<Integer> input, String x, ScriptScope script) {
        List<Integer> shape = input;
        String value = x;
        for (int i = 0; i < layers.size(); i++) {
            value = layers.get(i).torchScript(shape, value, script.within(Integer.toString(i)));
            shape = output(layers.get(i), shape);
        }
        return value;
    }

    /** What a layer gives for one example. */
    static List<Integer> output(Layer layer, List<Integer> input) {
        return layer.unit(input, Scope.root()).output();
    }

    /** What libtorch refuses, it refuses without saying where. */
    private static Forward named(Forward forward, String layer, int key) {
        return (x, pass) -> {
            try {
                return pass.handOn(key, forward.forward(x, pass));
            } catch (IllegalArgumentException e) {
                throw e;
            } catch (RuntimeException e) {
                throw new IllegalArgumentException(
                        "Layer did not compute: layer=" + layer + ", input=" + shape(x) + ", reason=" + firstLine(e),
                        e);
            }
        };
    }

    private static String shape(Tensor tensor) {
        List<Long> extents = new ArrayList<>();
        for (int d = 0; d < tensor.dim(); d++) {
            extents.add(tensor.size(d));
        }

        return extents.toString();
    }

    /** The rest is a native stack trace. */
    private static String firstLine(RuntimeException e) {
        return String.valueOf(e.getMessage()).lines().findFirst().orElse("");
    }
}

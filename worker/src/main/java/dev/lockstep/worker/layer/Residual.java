package dev.lockstep.worker.layer;

import java.util.List;
import java.util.stream.Stream;

/**
 * Layers whose result is added to what went in, of He et al. (2015).
 *
 * <pre>
 *   y = layers(x) + x                    without a projection
 *   y = layers(x) + projection(x)        with one
 * </pre>
 *
 * Parameters are named {@code 3.0.weight} for the first of the layers and {@code 3.projection.0.weight} for the first
 * of the projection. An activation behind the sum is a layer of its own.
 *
 * @param projection makes the shapes equal; empty for the identity
 */
public record Residual(List<Layer> layers, List<Layer> projection) implements Layer {
    public Residual {
        layers = List.copyOf(layers);
        projection = List.copyOf(projection);
    }

    public Residual(List<Layer> layers) {
        this(layers, List.of());
    }

    @Override
    public Unit unit(List<Integer> input, Scope scope) {
        Unit changed = Stack.unit(layers, input, scope);
        Unit shortcut = Stack.unit(projection, input, scope.within("projection"));
        if (!changed.output().equals(shortcut.output())) {
            throw scope.refuse(
                    input,
                    "layers and shortcut of one shape: layers=" + changed.output() + ", shortcut=" + shortcut.output());
        }

        return new Unit(changed.output(), (x, pass) -> changed.forward()
                .forward(x, pass)
                .add(shortcut.forward().forward(x, pass)));
    }

    @Override
    public List<Layer> inner() {
        return Stream.concat(layers.stream(), projection.stream()).toList();
    }

    @Override
    public String torchScript(List<Integer> input, String x, ScriptScope script) {
        String changed = Stack.torchScript(layers, input, x, script);
        String shortcut = Stack.torchScript(projection, input, x, script.within("projection"));
        return script.let(changed + " + " + shortcut);
    }
}

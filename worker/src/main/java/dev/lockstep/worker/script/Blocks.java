package dev.lockstep.worker.script;

import dev.lockstep.worker.layer.Concat;
import dev.lockstep.worker.layer.DenseBlock;
import dev.lockstep.worker.layer.Layer;
import dev.lockstep.worker.layer.Residual;
import dev.lockstep.worker.layer.Scope;
import java.util.ArrayList;
import java.util.List;

/** Layers of layers. */
final class Blocks {
    private Blocks() {}

    static void join(Writers all) {
        all.add(Residual.class, (layer, input, x, at) -> {
            String changed = stack(layer.layers(), input, x, at);
            return at.let(changed + " + " + stack(layer.projection(), input, x, at.within("projection")));
        });
        all.add(DenseBlock.class, Blocks::dense);
        all.add(Concat.class, (layer, input, x, at) -> {
            List<String> results = new ArrayList<>();
            for (int i = 0; i < layer.branches().size(); i++) {
                results.add(stack(layer.branches().get(i), input, x, at.within(i)));
            }
            return at.call("cat", results, 1);
        });
    }

    /** Layers one after the other, named by their positions. */
    static String stack(List<Layer> layers, List<Integer> input, String x, Place at) {
        List<Integer> shape = input;
        String value = x;
        for (int i = 0; i < layers.size(); i++) {
            value = Writers.write(layers.get(i), shape, value, at.within(i));
            shape = output(layers.get(i), shape);
        }
        return value;
    }

    private static String dense(DenseBlock layer, List<Integer> input, String x, Place at) {
        List<Integer> shape = input;
        String all = x;
        for (int i = 0; i < layer.repeat(); i++) {
            String added = stack(layer.layers(), shape, all, at.within(i));
            all = at.call("cat", List.of(all, added), 1);
            shape = output(new DenseBlock(layer.layers(), 1), shape);
        }
        return all;
    }

    private static List<Integer> output(Layer layer, List<Integer> input) {
        return layer.unit(input, Scope.root()).output();
    }
}

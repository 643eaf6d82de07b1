package dev.lockstep.worker.layer;

import static org.bytedeco.pytorch.global.torch.cat;

import dev.lockstep.losses.NumberChecks;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;

/**
 * Layers that see everything before them in the block, of Huang et al. (2016).
 *
 * <pre>
 *   x₀ = x,   xᵢ = layersᵢ([x₀, ..., xᵢ₋₁]),   y = [x₀, ..., x_repeat]        joined along dimension 1
 * </pre>
 *
 * Parameters are named {@code 3.1.0.weight}: layer 3 is the block, 1 the second time, 0 the first of the layers.
 *
 * @param repeat how many times the layers are laid down, each with parameters of its own
 */
public record DenseBlock(List<Layer> layers, int repeat) implements Layer {
    public DenseBlock {
        layers = List.copyOf(layers);
        NumberChecks.requirePositive("repeat", repeat);
    }

    public DenseBlock(List<Layer> layers) {
        this(layers, 1);
    }

    @Override
    public Unit unit(List<Integer> input, Scope scope) {
        List<Forward> times = new ArrayList<>();
        List<Integer> shape = input;
        for (int i = 0; i < repeat; i++) {
            Unit added = Stack.unit(layers, shape, scope.within(Integer.toString(i)));
            times.add(added.forward());
            shape = Joined.shape(List.of(shape, added.output()), input, scope);
        }

        return new Unit(shape, (x, pass) -> {
            Tensor all = x;
            for (Forward time : times) {
                all = cat(new TensorVector(all, time.forward(all, pass)), 1);
            }
            return all;
        });
    }

    @Override
    public List<Layer> inner() {
        return layers;
    }

    @Override
    public String torchScript(List<Integer> input, String x, ScriptScope script) {
        List<Integer> shape = input;
        String all = x;
        for (int i = 0; i < repeat; i++) {
            String added = Stack.torchScript(layers, shape, all, script.within(Integer.toString(i)));
            all = script.call("cat", List.of(all, added), 1);
            shape = Stack.output(new DenseBlock(layers, 1), shape);
        }
        return all;
    }
}

package dev.lockstep.worker.layer;

import static org.bytedeco.pytorch.global.torch.cat;

import java.util.ArrayList;
import java.util.List;
import org.bytedeco.pytorch.TensorVector;

/**
 * Branches that all see the same input, their results joined along dimension 1, as in Inception. With it a network has
 * two heads, such as the mean and the variance that gaussian_nll takes. Not in torch.nn.
 *
 * <pre>
 *   y = [branch₀(x), branch₁(x), ...]
 * </pre>
 *
 * Parameters are named {@code 3.1.0.weight}: layer 3 is this, 1 the second branch, 0 its first layer. An empty branch
 * hands on its input.
 */
public record Concat(List<List<Layer>> branches) implements Layer {
    public Concat {
        branches = branches.stream().map(List::copyOf).toList();
        if (branches.isEmpty()) {
            throw new IllegalArgumentException("concat needs at least one branch: branches=" + branches);
        }
    }

    @Override
    public Unit unit(List<Integer> input, Scope scope) {
        List<Forward> forwards = new ArrayList<>();
        List<List<Integer>> shapes = new ArrayList<>();
        for (int i = 0; i < branches.size(); i++) {
            Unit unit = Stack.unit(branches.get(i), input, scope.within(Integer.toString(i)));
            forwards.add(unit.forward());
            shapes.add(unit.output());
        }

        return new Unit(Joined.shape(shapes, input, scope), (x, pass) -> {
            TensorVector results = new TensorVector();
            forwards.forEach(branch -> results.push_back(branch.forward(x, pass)));
            return cat(results, 1);
        });
    }

    @Override
    public List<Layer> inner() {
        return branches.stream().flatMap(List::stream).toList();
    }

    @Override
    public String torchScript(List<Integer> input, String x, ScriptScope script) {
        List<String> results = new ArrayList<>();
        for (int i = 0; i < branches.size(); i++) {
            results.add(Stack.torchScript(branches.get(i), input, x, script.within(Integer.toString(i))));
        }
        return script.call("cat", results, 1);
    }
}

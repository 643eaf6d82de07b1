package dev.lockstep.worker.layer;

import static org.bytedeco.pytorch.global.torch.flatten;

import java.util.ArrayList;
import java.util.List;

/**
 * Makes one dimension of several, last index fastest, as {@code torch.nn.Flatten}.
 *
 * @param startDim first of them, as PyTorch counts; not 0, which is that of the examples
 * @param endDim last of them
 */
public record Flatten(int startDim, int endDim) implements Layer {
    public Flatten() {
        this(1, -1);
    }

    @Override
    public Unit unit(List<Integer> input, Scope scope) {
        if (input.isEmpty()) {
            return new Unit(List.of(1), (x, pass) -> x.unsqueeze(1));
        }

        int first = Dimensions.ofExample(startDim, input, scope);
        int last = Dimensions.ofExample(endDim, input, scope);
        if (first > last) {
            throw scope.refuse(input, "start_dim before end_dim: start_dim=" + startDim + ", end_dim=" + endDim);
        }

        List<Integer> joined = input.subList(first, last + 1);
        List<Integer> output = new ArrayList<>(input);
        int size = joined.stream().reduce(1, Math::multiplyExact);
        output.subList(first, last + 1).clear();
        output.add(first, size);
        return new Unit(output, (x, pass) -> flatten(x, first + 1, last + 1));
    }

    @Override
    public String torchScript(List<Integer> input, String x, ScriptScope script) {
        return input.isEmpty() ? script.call("unsqueeze", x, 1) : script.call("flatten", x, startDim, endDim);
    }
}

package dev.lockstep.worker.layer;

import static org.bytedeco.pytorch.global.torch.max;

import dev.lockstep.losses.NumberChecks;
import java.util.ArrayList;
import java.util.List;

/**
 * The largest of each few neighbours, of Goodfellow et al. (2013). Behind a linear layer with {@code pieces} times as
 * many outputs it is their maxout unit. Not in torch.nn.
 *
 * <pre>
 *   y[o] = max over k of x[o · pieces + k]        the gradient goes to the first of equals
 * </pre>
 *
 * @param pieces how many neighbours make one output
 * @param dim whose neighbours, as PyTorch counts: the last for features, 1 for an image's channels
 */
public record Maxout(int pieces, int dim) implements Layer {
    public Maxout {
        NumberChecks.requirePositive("pieces", pieces);
    }

    public Maxout(int pieces) {
        this(pieces, -1);
    }

    @Override
    public Unit unit(List<Integer> input, Scope scope) {
        int index = Dimensions.ofExample(dim, input, scope);
        int extent = input.get(index);
        if (extent % pieces != 0) {
            throw scope.refuse(input, "an extent divisible by pieces: dim=" + dim + ", pieces=" + pieces);
        }

        List<Integer> output = new ArrayList<>(input);
        output.set(index, extent / pieces);
        long[] split = {extent / pieces, pieces};
        return new Unit(output, (x, pass) -> max(x.unflatten(index + 1, split), index + 2)
                .get0());
    }

    @Override
    public String torchScript(List<Integer> input, String x, ScriptScope script) {
        int index = dim < 0 ? dim + input.size() : dim - 1;
        List<Integer> split = new ArrayList<>(input);
        split.set(index, input.get(index) / pieces);
        split.add(index + 1, pieces);
        split.add(0, -1);
        String parts = ScriptScope.function("reshape", x, split);
        return script.let(ScriptScope.function("max", parts, index + 2) + "[0]");
    }
}

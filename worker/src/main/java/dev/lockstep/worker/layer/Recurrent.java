package dev.lockstep.worker.layer;

import static org.bytedeco.pytorch.global.torch.cat;

import dev.lockstep.losses.NumberChecks;
import dev.lockstep.params.init.Initializer;
import dev.lockstep.params.init.LayerDefaults;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;

/**
 * What recurrent layers share: their weights, and layers laid over one another.
 *
 * @param gates how many blocks of {@code hidden} rows each weight has
 * @param projection size of what is handed on; 0 for the hidden size
 */
record Recurrent(
        int gates, int hidden, int layers, boolean bias, double dropout, boolean bidirectional, int projection) {
    /**
     * One layer over all steps: [examples, steps, features] in; out, and the states after the last step, of each
     * direction.
     */
    interface Cell {
        Result run(Tensor input, Tensor zeroState, Tensor zeroCell, TensorVector weights);
    }

    record Result(Tensor output, Tensor lastStates) {}

    Recurrent {
        NumberChecks.requirePositive("hidden_size", hidden);
        NumberChecks.requirePositive("num_layers", layers);
        NumberChecks.requireInside("dropout", dropout, 0, 1);
        NumberChecks.requireAtLeastZero("proj_size", projection);
        if (projection >= hidden) {
            throw new IllegalArgumentException(
                    "proj_size must be below hidden_size: proj_size=" + projection + ", hidden_size=" + hidden);
        }
    }

    /** Examples are rows in Lockstep, so the other order cannot be meant. */
    static void requireBatchFirst(boolean batchFirst) {
        if (!batchFirst) {
            throw new IllegalArgumentException(
                    "batch_first must be true, because the first dimension is always that of the examples: batch_first="
                            + batchFirst);
        }
    }

    Unit unit(Cell cell, boolean last, List<Integer> input, Scope scope) {
        if (input.size() != 2) {
            throw scope.refuse(input, "[steps, features]");
        }

        List<int[]> weights = new ArrayList<>();
        int features = input.get(1);
        for (int layer = 0; layer < layers; layer++) {
            weights.add(declare(layer, features, scope));
            features = width();
        }
        List<Integer> output = last ? List.of(width()) : List.of(input.get(0), width());
        return new Unit(output, (x, pass) -> forward(cell, last, weights, x, pass));
    }

    int handedOn() {
        return projection == 0 ? hidden : projection;
    }

    int directions() {
        return bidirectional ? 2 : 1;
    }

    String lstm(boolean last, String x, ScriptScope script) {
        return new RecurrenceScript(this, last).lstm(x, script);
    }

    String gru(boolean last, String x, ScriptScope script) {
        return new RecurrenceScript(this, last).gru(x, script);
    }

    private int width() {
        return Math.multiplyExact(directions(), handedOn());
    }

    private int[] declare(int layer, int features, Scope scope) {
        Initializer init = LayerDefaults.recurrent(hidden);
        int rows = Math.multiplyExact(gates, hidden);
        List<Integer> keys = new ArrayList<>();
        for (int direction = 0; direction < directions(); direction++) {
            String suffix = "_l" + layer + (direction == 0 ? "" : "_reverse");
            keys.add(scope.parameter("weight_ih" + suffix, List.of(rows, features), init));
            keys.add(scope.parameter("weight_hh" + suffix, List.of(rows, handedOn()), init));
            if (bias) {
                keys.add(scope.parameter("bias_ih" + suffix, List.of(rows), init));
                keys.add(scope.parameter("bias_hh" + suffix, List.of(rows), init));
            }
            if (projection > 0) {
                keys.add(scope.parameter("weight_hr" + suffix, List.of(projection, hidden), init));
            }
        }

        return keys.stream().mapToInt(Integer::intValue).toArray();
    }

    private Tensor forward(Cell cell, boolean last, List<int[]> weights, Tensor x, Pass pass) {
        Result result = new Result(x, x);
        for (int layer = 0; layer < layers; layer++) {
            Tensor in = layer == 0 ? x : pass.dropped(result.output(), dropout);
            result = cell.run(in, zeros(x, handedOn()), zeros(x, hidden), vector(weights.get(layer), pass));
        }

        return last ? beside(result.lastStates()) : result.output();
    }

    private static TensorVector vector(int[] keys, Pass pass) {
        TensorVector tensors = new TensorVector();
        for (int key : keys) {
            tensors.push_back(pass.parameter(key));
        }

        return tensors;
    }

    private Tensor zeros(Tensor like, int width) {
        return like.new_zeros(directions(), like.size(0), width);
    }

    /** [directions, examples, features] becomes [examples, directions · features]. */
    private Tensor beside(Tensor states) {
        return bidirectional ? cat(new TensorVector(states.select(0, 0), states.select(0, 1)), 1) : states.select(0, 0);
    }
}

package dev.lockstep.worker.layer;

import static org.bytedeco.pytorch.global.torch.lstm;

import java.util.List;
import org.bytedeco.pytorch.T_TensorTensorTensor_T;
import org.bytedeco.pytorch.TensorVector;

/**
 * Long short-term memory of Hochreiter and Schmidhuber (1997), as {@code torch.nn.LSTM}, from zero states.
 *
 * <pre>
 *   i, f, g, o = σ, σ, tanh, σ of  W_ih x + b_ih + W_hh h + b_hh        weights [4 · hidden, ...] in this order
 *   c ← f · c + i · g
 *   h ← o · tanh(c)                 or, with proj_size, W_hr (o · tanh(c))
 * </pre>
 *
 * Takes [steps, features]; gives h at every step, or after the last one.
 *
 * @param batchFirst true, other than in torch.nn: the first dimension is always that of the examples
 * @param dropout between layers
 * @param projSize what h is projected to; 0 for not at all
 * @param last whether only the states after the last step are handed on: [features]; of two directions, side by side
 */
public record Lstm(
        int hiddenSize,
        int numLayers,
        boolean bias,
        boolean batchFirst,
        double dropout,
        boolean bidirectional,
        int projSize,
        boolean last)
        implements Layer {
    private static final int GATES = 4;

    public Lstm {
        Recurrent.requireBatchFirst(batchFirst);
        new Recurrent(GATES, hiddenSize, numLayers, bias, dropout, bidirectional, projSize);
    }

    public Lstm(int hiddenSize) {
        this(hiddenSize, 1, true, true, 0, false, 0, false);
    }

    @Override
    public Unit unit(List<Integer> input, Scope scope) {
        Recurrent.Cell cell = (x, h, c, weights) -> {
            T_TensorTensorTensor_T all =
                    lstm(x, new TensorVector(h, c), weights, bias, 1, 0, /* train */ true, bidirectional, batchFirst);
            return new Recurrent.Result(all.get0(), all.get1());
        };
        return settings().unit(cell, last, input, scope);
    }

    @Override
    public String torchScript(List<Integer> input, String x, ScriptScope script) {
        return settings().lstm(last, x, script);
    }

    private Recurrent settings() {
        return new Recurrent(GATES, hiddenSize, numLayers, bias, dropout, bidirectional, projSize);
    }
}

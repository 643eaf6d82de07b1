package dev.lockstep.worker.layer;

import static org.bytedeco.pytorch.global.torch.gru;

import java.util.List;
import org.bytedeco.pytorch.T_TensorTensor_T;

/**
 * Gated recurrent unit of Cho et al. (2014), as {@code torch.nn.GRU}, from a zero state.
 *
 * <pre>
 *   r, z = σ of  W_ih x + b_ih + W_hh h + b_hh        weights [3 · hidden, ...] in the order r, z, n
 *   n = tanh(W_in x + b_in + r · (W_hn h + b_hn))
 *   h ← (1 − z) · n + z · h
 * </pre>
 *
 * Takes [steps, features]; gives h at every step, or after the last one.
 *
 * @param batchFirst true, other than in torch.nn: the first dimension is always that of the examples
 * @param dropout between layers
 * @param last whether only the states after the last step are handed on: [features]; of two directions, side by side
 */
public record Gru(
        int hiddenSize,
        int numLayers,
        boolean bias,
        boolean batchFirst,
        double dropout,
        boolean bidirectional,
        boolean last)
        implements Layer {
    private static final int GATES = 3;

    public Gru {
        Recurrent.requireBatchFirst(batchFirst);
        new Recurrent(GATES, hiddenSize, numLayers, bias, dropout, bidirectional, 0);
    }

    public Gru(int hiddenSize) {
        this(hiddenSize, 1, true, true, 0, false, false);
    }

    @Override
    public Unit unit(List<Integer> input, Scope scope) {
        Recurrent.Cell cell = (x, h, c, weights) -> {
            T_TensorTensor_T all = gru(x, h, weights, bias, 1, 0, /* train */ true, bidirectional, batchFirst);
            return new Recurrent.Result(all.get0(), all.get1());
        };
        return settings().unit(cell, last, input, scope);
    }

    @Override
    public String torchScript(List<Integer> input, String x, ScriptScope script) {
        return settings().gru(last, x, script);
    }

    private Recurrent settings() {
        return new Recurrent(GATES, hiddenSize, numLayers, bias, dropout, bidirectional, 0);
    }
}

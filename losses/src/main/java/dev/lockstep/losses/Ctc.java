package dev.lockstep.losses;

import java.util.Arrays;
import java.util.List;

/**
 * Connectionist temporal classification: the negative log-likelihood of a label sequence over all its alignments with a
 * longer input sequence. PyTorch's {@code CTCLoss}.
 *
 * <pre>
 *   value = −log Σ over the paths that become the labels when repeats are merged and blanks dropped,
 *           of Π_t p(t, path_t)
 *   gradient: exp(logProbs) − posterior, which is the derivative by the logits in front of a log-softmax
 * </pre>
 *
 * Source: Graves et al. (2006), forward and backward in logarithms. Inputs: logProbs [T, N, C]; targets [N, S], or all
 * joined in one dimension; the input lengths [N], at most T; the target lengths [N]. Or one sequence: [T, C], [S] and
 * lengths []. The mean divides each value by its target length, at least 1, before it averages over N. Without an
 * alignment the value is infinite and the gradient NaN. Labels outside the classes, and blanks among them, are refused.
 *
 * @param blank the class that stands for no label
 * @param zeroInfinity whether sequences without an alignment count 0
 */
public record Ctc(int blank, boolean zeroInfinity, Reduction reduction) implements Loss {
    public Ctc {
        NumberChecks.requireAtLeastZero("blank", blank);
        LossSettings.requireMeanOrSum(reduction);
    }

    public Ctc() {
        this(0, false, Reduction.MEAN);
    }

    @Override
    public List<Role> inputs() {
        return List.of(Role.PREDICTION, Role.TARGET, Role.LENGTH, Role.LENGTH);
    }

    @Override
    public TargetKind targetKind() {
        return TargetKind.VALUES;
    }

    @Override
    public PredictionKind predictionKind() {
        return PredictionKind.SEQUENCE_LOG_PROBABILITIES;
    }

    @Override
    public LossSum evaluate(Tensor[] inputs, Tensor[] gradients) {
        Inputs.require(this, inputs, gradients);
        double[] shares = shares(inputs);
        double sum = sum(inputs, shares, gradients);
        return new LossSum(sum, shares.length);
    }

    @Override
    public LossSum evaluate(Tensor[] inputs, double[] weights, Tensor[] gradients) {
        Inputs.require(this, inputs, gradients);
        double[] shares = shares(inputs);
        ExampleWeights examples = new ExampleWeights(weights);
        for (int n = 0; n < shares.length; n++) {
            shares[n] *= examples.at(n, shares.length);
        }

        return new LossSum(sum(inputs, shares, gradients), examples.sum());
    }

    /** By what the value of each sequence is multiplied. */
    private double[] shares(Tensor[] inputs) {
        double[] shares = new double[inputs[3].size()];
        for (int n = 0; n < shares.length; n++) {
            shares[n] = reduction == Reduction.MEAN ? 1 / Math.max(inputs[3].data()[n], 1) : 1;
        }

        return shares;
    }

    private double sum(Tensor[] inputs, double[] shares, Tensor[] gradients) {
        Tensor values = values(inputs, Tensor.of(shares, inputs[3].shape()), gradients);
        double sum = 0;
        for (int n = 0; n < shares.length; n++) {
            sum += shares[n] == 0 ? 0 : values.data()[n] * shares[n];
        }
        return sum;
    }

    @Override
    public Tensor values(Tensor[] inputs, Tensor upstream, Tensor[] gradients) {
        Inputs.require(this, inputs, gradients);
        Sequences sequences = new Sequences(inputs, blank);
        Tensor values = Tensor.zeros(Arrays.copyOfRange(inputs[0].shape(), 1, inputs[0].rank() - 1));
        double[] u = Inputs.upstream(upstream, values);
        Inputs.clear(gradients);

        Alignments alignments = new Alignments(sequences);
        for (int n = 0; n < u.length; n++) {
            double value = alignments.value(n);
            boolean dropped = zeroInfinity && value == Double.POSITIVE_INFINITY;
            values.data()[n] = dropped ? 0 : value;
            if (gradients[0] != null && !dropped) {
                alignments.writeSlopes(u[n], gradients[0].data());
            }
        }

        return values;
    }

    /** One row of labels for each sequence. */
    @Override
    public Tensor target(double[] values, int... predictions) {
        return Tensor.ofIndices(
                values, predictions.length == 2 ? new int[] {values.length} : rows(values, predictions[1]));
    }

    private static int[] rows(double[] values, int count) {
        if (count == 0 || values.length % count != 0) {
            throw new IllegalArgumentException(
                    "Labels do not fit the sequences: labels=" + values.length + ", sequences=" + count);
        }

        return new int[] {count, values.length / count};
    }
}

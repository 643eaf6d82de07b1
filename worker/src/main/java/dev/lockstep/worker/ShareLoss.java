package dev.lockstep.worker;

import dev.lockstep.losses.Loss;
import dev.lockstep.losses.Loss.Role;
import dev.lockstep.losses.LossSum;
import dev.lockstep.losses.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A loss put to the predictions and targets of a share; knows no engine.
 *
 * <p>The loss's inputs are found by their roles:
 *
 * <pre>
 *   predictions   one: the network's output. Several: one for each group of features, stacked along dimension 1;
 *                 or, with one group, the output cut along dimension 1 in equal parts
 *   target        the rest of each row of targets, shaped by {@link Loss#target}
 *   lengths       the last values of each row of targets, one for each such input; then predictions are handed on
 *                 with the steps of the sequence as their first dimension
 * </pre>
 */
public final class ShareLoss {
    /** Labels of which each loss takes one. */
    private static final float[] PLAIN = {0, 1};

    private final Loss loss;
    private final int predictions;
    private final int lengths;

    public ShareLoss(Loss loss) {
        this.loss = loss;
        this.predictions = count(loss.inputs(), Role.PREDICTION);
        this.lengths = count(loss.inputs(), Role.LENGTH);
    }

    /**
     * Refuses shapes that the loss will refuse, before there are values: the loss is put to one example of plain
     * numbers. Of several, it need only take one, since no number is a good label for all losses.
     *
     * @param output extents of one prediction
     * @param groups of features
     * @param targets numbers of one example's targets
     * @throws IllegalArgumentException that says what does not fit
     */
    public void requireFit(List<Integer> output, int groups, int targets) {
        if (targets < lengths) {
            throw new IllegalArgumentException(
                    "Targets must end in the lengths: targets=" + targets + ", lengths=" + lengths);
        }

        IllegalArgumentException refusal = null;
        for (float label : PLAIN) {
            try {
                evaluate(plain(output, groups), plain(groups, targets, label), null);
                return;
            } catch (IllegalArgumentException e) {
                refusal = refusal == null ? e : refusal;
            }
        }
        throw refusal;
    }

    private static Tensor plain(List<Integer> output, int groups) {
        List<Integer> shape = new ArrayList<>(groups > 1 ? List.of(1, groups) : List.of(1));
        shape.addAll(output);
        Tensor plain = Tensor.zeros(shape.stream().mapToInt(Integer::intValue).toArray());
        Arrays.fill(plain.data(), 0.5);
        return plain;
    }

    private Examples plain(int groups, int targets, float label) {
        float[] values = new float[targets];
        Arrays.fill(values, 0, targets - lengths, label);
        Arrays.fill(values, targets - lengths, targets, 1);
        return new Examples(1, new float[groups][0], values);
    }

    private static int count(List<Role> roles, Role role) {
        return (int) roles.stream().filter(role::equals).count();
    }

    /**
     * The loss of a share.
     *
     * @param output of the network, one row per example; with several groups [examples, groups, ...]
     * @param gradient by the output, of its shape, overwritten; null where none is wanted
     */
    public LossSum evaluate(Tensor output, Examples share, Tensor gradient) {
        PredictionSplit parts = new PredictionSplit(output, predictions, share.features().length > 1);
        List<Role> roles = loss.inputs();
        Tensor[] inputs = new Tensor[roles.size()];
        Tensor[] slopes = new Tensor[roles.size()];
        int part = 0;
        int length = 0;

        for (int i = 0; i < inputs.length; i++) {
            switch (roles.get(i)) {
                case PREDICTION -> {
                    inputs[i] = oriented(parts.take(output, part));
                    slopes[i] = gradient == null ? null : Tensor.zeros(inputs[i].shape());
                    part++;
                }
                case TARGET -> inputs[i] = target(share, inputs[0]);
                case LENGTH -> {
                    inputs[i] = column(share, width(share) - lengths + length);
                    length++;
                }
            }
        }

        LossSum sum = share.weights() == null
                ? loss.evaluate(inputs, slopes)
                : loss.evaluate(inputs, doubles(share.weights()), slopes);
        if (gradient != null) {
            gather(parts, slopes, gradient);
        }
        return sum;
    }

    private static double[] doubles(float[] weights) {
        double[] doubles = new double[weights.length];
        for (int i = 0; i < doubles.length; i++) {
            doubles[i] = weights[i];
        }
        return doubles;
    }

    private void gather(PredictionSplit parts, Tensor[] slopes, Tensor gradient) {
        int part = 0;
        for (Tensor slope : slopes) {
            if (slope != null) {
                parts.put(oriented(slope), part, gradient);
                part++;
            }
        }
    }

    /** Sequence losses want the steps first; swapping undoes itself. */
    private Tensor oriented(Tensor prediction) {
        return lengths == 0 ? prediction : SequenceAxes.swapped(prediction);
    }

    private static int width(Examples share) {
        return share.targets().length / share.count();
    }

    private Tensor target(Examples share, Tensor prediction) {
        int count = share.count();
        int width = width(share);
        int kept = width - lengths;
        double[] values = new double[count * kept];
        for (int row = 0; row < count; row++) {
            for (int i = 0; i < kept; i++) {
                values[row * kept + i] = share.targets()[row * width + i];
            }
        }

        return loss.target(values, prediction.shape());
    }

    private static Tensor column(Examples share, int index) {
        int width = width(share);
        double[] values = new double[share.count()];
        for (int row = 0; row < values.length; row++) {
            values[row] = share.targets()[row * width + index];
        }

        return Tensor.ofIndices(values, values.length);
    }
}

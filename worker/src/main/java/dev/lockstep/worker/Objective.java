package dev.lockstep.worker;

import dev.lockstep.losses.Loss;
import dev.lockstep.losses.Loss.Role;
import dev.lockstep.losses.LossSum;
import dev.lockstep.losses.Tensor;
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
public final class Objective {
    private final Loss loss;
    private final int predictions;
    private final int lengths;

    public Objective(Loss loss) {
        this.loss = loss;
        this.predictions = count(loss.inputs(), Role.PREDICTION);
        this.lengths = count(loss.inputs(), Role.LENGTH);
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
        Parts parts = new Parts(output, predictions, share.features().length > 1);
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

        LossSum sum = loss.evaluate(inputs, slopes);
        if (gradient != null) {
            gather(parts, slopes, gradient);
        }
        return sum;
    }

    private void gather(Parts parts, Tensor[] slopes, Tensor gradient) {
        int part = 0;
        for (Tensor slope : slopes) {
            if (slope != null) {
                parts.put(oriented(slope), part, gradient);
                part++;
            }
        }
    }

    /** Sequence losses want the steps first; the exchange undoes itself. */
    private Tensor oriented(Tensor prediction) {
        return lengths == 0 ? prediction : Sequences.exchange(prediction);
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

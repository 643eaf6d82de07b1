package dev.lockstep.losses;

import java.io.Serializable;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;

/**
 * A loss with its derivative by every input. Implementations are immutable records and thread-safe. Users may add their
 * own, as docs/extending.md says.
 *
 * <p>The derivative is that of the <em>sum</em>, because sums of unequal shares can be added and means cannot; whoever
 * has all the shares of a batch divides by {@code reduction().divisor(Σ weight)}.
 */
public interface Loss extends Serializable {
    /** What an input of a loss is. */
    enum Role {
        /** Comes out of the network and takes a gradient. */
        PREDICTION,
        /** Comes from the data. */
        TARGET,
        /** Counts the valid steps of a sequence. */
        LENGTH
    }

    /** The inputs in PyTorch's order of the call. */
    List<Role> inputs();

    Reduction reduction();

    /** What the numbers of a label mean. */
    TargetKind targetKind();

    /** What the predictions stand for. */
    PredictionKind predictionKind();

    /** A class number whose examples are left out, for losses of classes. */
    default OptionalInt ignoredClass() {
        return OptionalInt.empty();
    }

    /**
     * The same loss with these weights of the classes.
     *
     * @throws IllegalArgumentException if it takes none, or has some
     */
    default Loss weighted(List<Double> classes) {
        throw new IllegalArgumentException("Loss takes no weights of classes: loss=" + this);
    }

    /** The loss as it is put to the outputs for so many groups of features; most take them as they are. */
    default Loss ofGroups(int groups) {
        return this;
    }

    /**
     * Adds up the losses and writes the derivative of that sum; here, of all values with weight 1.
     *
     * @param gradients one per input, of that input's shape, overwritten; null where none is wanted
     * @throws IllegalArgumentException if shapes do not fit one another or a target is outside its range; it names the
     *     position and the value
     */
    default LossSum evaluate(Tensor[] inputs, Tensor[] gradients) {
        return LossSum.of(values(inputs, null, gradients));
    }

    /**
     * The same with examples that count more or less: a weight of 2 is that example twice, of 0 its absence. Here, of
     * all values with the weights of their examples; whoever overrides the other method overrides this one too.
     *
     * @param weights of each example, which are along the first dimension of {@link #values}; at least 0
     */
    default LossSum evaluate(Tensor[] inputs, double[] weights, Tensor[] gradients) {
        ExampleWeights counted = new ExampleWeights(weights);
        Tensor upstream = counted.over(values(inputs, null, new Tensor[inputs.length]));
        return LossSum.of(values(inputs, upstream, gradients), upstream);
    }

    /**
     * The losses one by one: PyTorch's reduction "none".
     *
     * @param upstream derivative of whatever follows by each of these values, of their shape; null for all ones
     * @param gradients as for {@link #evaluate}, but of {@code Σ value · upstream}
     */
    Tensor values(Tensor[] inputs, Tensor upstream, Tensor[] gradients);

    /**
     * The loss of a whole batch that is in one place, as PyTorch's reductions give it: the sum, or the mean and the
     * gradient of the mean.
     *
     * <p>A mean over weight 0 is NaN. Its gradient is 0 where nothing counts, and NaN where something counts with
     * weight 0.
     *
     * @param gradients as for {@link #evaluate}
     */
    default double reduce(Tensor[] inputs, Tensor[] gradients) {
        LossSum total = evaluate(inputs, gradients);
        if (reduction() == Reduction.SUM) {
            return total.sum();
        }
        if (total.weight() == 0) {
            Tensor upstream = values(inputs, null, new Tensor[inputs.length]);
            Arrays.fill(upstream.data(), 1 / total.weight());
            values(inputs, upstream, gradients);
        } else {
            for (Tensor gradient : gradients) {
                for (int i = 0; gradient != null && i < gradient.size(); i++) {
                    gradient.data()[i] /= total.weight();
                }
            }
        }

        return total.mean();
    }

    /**
     * The target values of some examples as the tensor that goes with predictions of this shape: of the same shape,
     * unless the loss says otherwise.
     *
     * @param values example after example, not copied
     * @throws IllegalArgumentException if their number does not fit, or a class index is not whole
     */
    default Tensor target(double[] values, int... predictions) {
        return TargetShapes.likePredictions(values, predictions);
    }
}

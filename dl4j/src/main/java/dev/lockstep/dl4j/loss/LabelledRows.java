package dev.lockstep.dl4j.loss;

import dev.lockstep.losses.CrossEntropy;
import dev.lockstep.losses.ElementwiseLoss;
import dev.lockstep.losses.Loss;
import dev.lockstep.losses.LossSum;
import dev.lockstep.losses.Reduction;
import dev.lockstep.losses.TargetKind;
import dev.lockstep.losses.Tensor;
import dev.lockstep.worker.Examples;
import dev.lockstep.worker.ShareLoss;
import java.util.Arrays;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Some rows of predictions, what they should be, and what counts of them.
 *
 * @param predictions row after row
 * @param targets as many a row as the loss wants
 * @param weights of each row; null for all ones
 * @param elementWeights of each prediction; null for all ones
 */
record LabelledRows(Loss loss, Tensor predictions, float[] targets, float[] weights, double[] elementWeights) {

    static LabelledRows of(Loss loss, INDArray labels, INDArray output, INDArray mask) {
        int[] shape = Arrays.stream(output.shape()).mapToInt(Math::toIntExact).toArray();
        Tensor predictions = Tensor.of(doubles(output), shape);
        float[] targets = targets(loss, labels, output);
        if (mask == null) {
            return new LabelledRows(loss, predictions, targets, null, null);
        }
        if (mask.length() == output.size(0)) {
            return new LabelledRows(loss, predictions, targets, floats(mask), null);
        }
        if (!(loss instanceof ElementwiseLoss) || mask.length() != output.length()) {
            throw new IllegalArgumentException("A mask must have one value a row, or one a prediction where the loss"
                    + " looks at each alone: loss=" + loss + ", mask=" + Arrays.toString(mask.shape()) + ", output="
                    + Arrays.toString(output.shape()));
        }
        return new LabelledRows(loss, predictions, targets, null, doubles(mask));
    }

    /** Of classes that are told one by one, their numbers; Deeplearning4j's rows have a 1 at the right one. */
    private static float[] targets(Loss loss, INDArray labels, INDArray output) {
        boolean oneHot = loss.targetKind() == TargetKind.CLASSES
                && !(loss instanceof CrossEntropy)
                && labels.rank() == 2
                && labels.size(1) == output.size(1)
                && output.size(1) > 1;
        return floats(oneHot ? labels.argMax(1) : labels);
    }

    int size() {
        return predictions.size();
    }

    private int rows() {
        return predictions.extent(0);
    }

    /**
     * The losses of all rows, added, as Deeplearning4j wants it: a mean loss counts each row's mean.
     *
     * @param slope by the predictions, overwritten; null where none is wanted
     */
    double whole(double[] slope) {
        Tensor gradient = slope == null ? null : Tensor.of(slope, predictions.shape());
        LossSum sum = evaluate(gradient);
        double scale = scale(sum);
        for (int i = 0; slope != null && i < slope.length; i++) {
            slope[i] *= scale;
        }
        return scale * sum.sum();
    }

    /** The loss of each row. */
    double[] each() {
        double scale = scale(evaluate(null));
        double[] each = new double[rows()];
        for (int row = 0; row < each.length; row++) {
            each[row] = scale * row(row).evaluate(null).sum();
        }
        return each;
    }

    private LossSum evaluate(Tensor gradient) {
        return elementWeights == null
                ? new ShareLoss(loss).evaluate(predictions, examples(), gradient)
                : evaluateElements(gradient);
    }

    private LabelledRows row(int row) {
        int[] shape = predictions.shape();
        shape[0] = 1;
        return new LabelledRows(
                loss,
                Tensor.of(piece(predictions.data(), row), shape),
                Arrays.copyOfRange(targets, row * targets.length / rows(), (row + 1) * targets.length / rows()),
                weights == null ? null : new float[] {weights[row]},
                elementWeights == null ? null : piece(elementWeights, row));
    }

    private double[] piece(double[] all, int row) {
        int width = all.length / rows();
        return Arrays.copyOfRange(all, row * width, (row + 1) * width);
    }

    /** From the added losses to the rows' own means. */
    private double scale(LossSum sum) {
        if (loss.reduction() == Reduction.SUM || sum.weight() == 0) {
            return 1;
        }
        return counted() / sum.weight();
    }

    private double counted() {
        if (weights == null) {
            return rows();
        }
        double counted = 0;
        for (float weight : weights) {
            counted += weight;
        }
        return counted;
    }

    private Examples examples() {
        return new Examples(rows(), new float[1][0], targets, weights);
    }

    /** The weight is that of all predictions, masked or not, as Deeplearning4j divides. */
    private LossSum evaluateElements(Tensor gradient) {
        double[] values = new double[targets.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = targets[i];
        }
        Tensor target = loss.target(values, predictions.shape());
        Tensor upstream = Tensor.of(elementWeights, predictions.shape());
        Tensor each = loss.values(new Tensor[] {predictions, target}, upstream, new Tensor[] {gradient, null});
        double sum = 0;
        for (int i = 0; i < each.size(); i++) {
            sum += elementWeights[i] == 0 ? 0 : elementWeights[i] * each.data()[i];
        }
        return new LossSum(sum, each.size());
    }

    private static double[] doubles(INDArray array) {
        return array.dup('c').data().asDouble();
    }

    private static float[] floats(INDArray array) {
        return array.dup('c').data().asFloat();
    }
}

package dev.lockstep.dl4j.loss;

import dev.lockstep.driver.job.OneLine;
import dev.lockstep.losses.Loss;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.lossfunctions.ILossFunction;
import org.nd4j.shade.jackson.annotation.JsonCreator;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/**
 * One of our losses in a network of Deeplearning4j: {@code LockstepLoss.of("{smooth_l1: {beta: 0.5}}")}. It survives
 * {@code ModelSerializer}. Immutable.
 *
 * <p>A mean is that of each row, as DL4J divides by the rows itself; with weights of classes the mean of a batch is
 * ours, and so that of one batch in one place. With {@code reduction: sum} set {@code miniBatch(false)}, or DL4J
 * divides the sum by the rows. Losses of several predictions take the network's output cut along its columns;
 * {@code ctc}, whose predictions are sequences, has not the form.
 */
public final class LockstepLoss implements ILossFunction {
    private final Loss loss;

    public LockstepLoss(Loss loss) {
        if (loss.inputs().contains(Loss.Role.LENGTH)) {
            throw new IllegalArgumentException(
                    "A loss of sequences has not the form that Deeplearning4j wants: loss=" + loss);
        }
        this.loss = loss;
    }

    /**
     * As a job file writes it.
     *
     * @throws dev.lockstep.driver.JobFileException that says what is wrong with the text
     */
    @JsonCreator
    public static LockstepLoss of(@JsonProperty("loss") String text) {
        return new LockstepLoss(OneLine.read(text, Loss.class));
    }

    /** As {@link #of} takes it. */
    @JsonProperty("loss")
    public String text() {
        return OneLine.write(loss);
    }

    @Override
    public double computeScore(
            INDArray labels, INDArray preOutput, IActivation activationFn, INDArray mask, boolean average) {
        return score(rows(labels, preOutput, activationFn, mask).whole(null), preOutput, average);
    }

    @Override
    public INDArray computeScoreArray(INDArray labels, INDArray preOutput, IActivation activationFn, INDArray mask) {
        double[] each = rows(labels, preOutput, activationFn, mask).each();
        return Nd4j.create(each, new long[] {each.length, 1}, 'c').castTo(preOutput.dataType());
    }

    @Override
    public INDArray computeGradient(INDArray labels, INDArray preOutput, IActivation activationFn, INDArray mask) {
        return computeGradientAndScore(labels, preOutput, activationFn, mask, /* average */ false)
                .getSecond();
    }

    @Override
    public Pair<Double, INDArray> computeGradientAndScore(
            INDArray labels, INDArray preOutput, IActivation activationFn, INDArray mask, boolean average) {
        LabelledRows rows = rows(labels, preOutput, activationFn, mask);
        double[] slope = new double[rows.size()];
        double score = score(rows.whole(slope), preOutput, average);
        INDArray byOutput = Nd4j.create(slope, preOutput.shape(), 'c').castTo(preOutput.dataType());
        return new Pair<>(score, activationFn.backprop(preOutput, byOutput).getFirst());
    }

    private LabelledRows rows(INDArray labels, INDArray preOutput, IActivation activationFn, INDArray mask) {
        INDArray output = activationFn.getActivation(preOutput.dup(), /* training */ true);
        return LabelledRows.of(loss, labels, output, mask);
    }

    private static double score(double sum, INDArray preOutput, boolean average) {
        return average ? sum / preOutput.size(0) : sum;
    }

    @Override
    public String name() {
        return toString();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof LockstepLoss that && loss.equals(that.loss);
    }

    @Override
    public int hashCode() {
        return loss.hashCode();
    }

    @Override
    public String toString() {
        return "LockstepLoss(" + text() + ")";
    }
}

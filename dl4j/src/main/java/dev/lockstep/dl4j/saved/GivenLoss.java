package dev.lockstep.dl4j.saved;

import dev.lockstep.losses.LossSum;
import dev.lockstep.losses.Tensor;
import dev.lockstep.worker.Examples;
import dev.lockstep.worker.ShareLoss;
import java.util.Arrays;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.lossfunctions.ILossFunction;

/**
 * What the output layer of a network in a replica has for its loss: ours of the share at hand, whatever Deeplearning4j
 * has for labels. Belongs to one replica and never to a file.
 */
final class GivenLoss implements ILossFunction {
    private static final long serialVersionUID = 1;

    private final transient ShareLoss objective;
    private transient Examples share;
    private transient Observer observer = (predictions, slope) -> {};
    private transient LossSum sum = LossSum.NONE;

    /** Sees what the network said of a share, and the derivative of the loss by that; neither is its own. */
    @FunctionalInterface
    interface Observer {
        void saw(Tensor predictions, Tensor slope);
    }

    /** @param objective null where nothing is trained */
    GivenLoss(ShareLoss objective) {
        this.objective = objective;
    }

    void put(Examples next) {
        share = next;
    }

    void observe(Observer next) {
        observer = next;
    }

    /** Of the last share. */
    LossSum sum() {
        return sum;
    }

    @Override
    public INDArray computeGradient(INDArray labels, INDArray preOutput, IActivation activationFn, INDArray mask) {
        INDArray output = activationFn.getActivation(preOutput.dup(), /* training */ true);
        Tensor predictions = tensor(output);
        Tensor slope = Tensor.zeros(predictions.shape());
        sum = objective.evaluate(predictions, share, slope);
        observer.saw(predictions, slope);
        INDArray byOutput = Nd4j.create(slope.data(), output.shape(), 'c').castTo(output.dataType());
        return activationFn.backprop(preOutput, byOutput).getFirst();
    }

    static Tensor tensor(INDArray array) {
        int[] shape = Arrays.stream(array.shape()).mapToInt(Math::toIntExact).toArray();
        return Tensor.of(array.dup('c').data().asDouble(), shape);
    }

    @Override
    public double computeScore(
            INDArray labels, INDArray preOutput, IActivation activationFn, INDArray mask, boolean average) {
        return 0;
    }

    @Override
    public INDArray computeScoreArray(INDArray labels, INDArray preOutput, IActivation activationFn, INDArray mask) {
        return Nd4j.zeros(preOutput.dataType(), preOutput.size(0), 1);
    }

    @Override
    public Pair<Double, INDArray> computeGradientAndScore(
            INDArray labels, INDArray preOutput, IActivation activationFn, INDArray mask, boolean average) {
        return new Pair<>(0.0, computeGradient(labels, preOutput, activationFn, mask));
    }

    @Override
    public String name() {
        return "lockstep";
    }
}

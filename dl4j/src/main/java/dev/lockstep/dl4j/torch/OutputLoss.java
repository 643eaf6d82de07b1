package dev.lockstep.dl4j.torch;

import dev.lockstep.dl4j.net.Flat;
import dev.lockstep.losses.Loss;
import dev.lockstep.losses.LossSum;
import dev.lockstep.losses.PredictionKind;
import dev.lockstep.losses.Reduction;
import dev.lockstep.losses.TargetKind;
import dev.lockstep.losses.Tensor;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.List;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.lossfunctions.ILossFunction;

/**
 * The activation and the loss of a network's last layer, by Deeplearning4j's own code, of the labels at hand. Belongs
 * to one replica and is never in a job.
 */
final class OutputLoss implements Loss {
    private static final long serialVersionUID = 1;

    private final transient ILossFunction loss;
    private final transient IActivation activation;
    private transient INDArray labels;
    private transient INDArray mask;

    OutputLoss(ILossFunction loss, IActivation activation) {
        this.loss = loss;
        this.activation = activation;
    }

    /** @param maskOrNull of the labels */
    void put(INDArray next, INDArray maskOrNull) {
        labels = next;
        mask = maskOrNull;
    }

    @Override
    public LossSum evaluate(Tensor[] inputs, Tensor[] gradients) {
        Tensor sums = inputs[0];
        long[] shape = Arrays.stream(sums.shape()).asLongStream().toArray();
        INDArray outputs = Nd4j.create(sums.data(), shape, DataType.FLOAT);
        double score = loss.computeScore(labels, outputs.dup(), activation, mask, /* average */ false);
        INDArray slope = loss.computeGradient(labels, outputs, activation, mask);
        FloatBuffer values = Flat.view(slope.dup('c'));
        double[] to = gradients[0].data();
        for (int i = 0; i < to.length; i++) {
            to[i] = values.get(i);
        }
        return new LossSum(score, sums.extent(0));
    }

    @Override
    public List<Role> inputs() {
        return List.of(Role.PREDICTION);
    }

    @Override
    public Reduction reduction() {
        return Reduction.SUM;
    }

    @Override
    public TargetKind targetKind() {
        return TargetKind.VALUES;
    }

    @Override
    public PredictionKind predictionKind() {
        return PredictionKind.NUMBERS;
    }

    @Override
    public Tensor values(Tensor[] inputs, Tensor upstream, Tensor[] gradients) {
        throw new UnsupportedOperationException("Deeplearning4j's losses are taken as a sum");
    }
}

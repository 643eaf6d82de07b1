package dev.lockstep.losses;

import static dev.lockstep.losses.Reduction.MEAN;
import static dev.lockstep.losses.Refusals.assertRefused;

import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What PyTorch lets pass, or would say less about. */
class LossRefusalTest {
    @Test
    void settingsOutsideTheirRangeAreRefused() {
        assertRefused(
                "labelSmoothing must be in [0.0, 1.0]: labelSmoothing=-0.1",
                () -> new CrossEntropy(null, -100, -0.1, MEAN));
        assertRefused(
                "margin must be finite and at least 0: margin=-1.0", () -> new TripletMargin(-1, 2, 1e-6, false, MEAN));
        assertRefused("margin=-0.5", () -> new MultiMargin(1, -0.5, null, MEAN));
        assertRefused("margin=-0.5", () -> new HingeEmbedding(-0.5, MEAN));
        assertRefused("margin=NaN", () -> new MarginRanking(Double.NaN, MEAN));
        assertRefused("margin must be in [-1.0, 1.0]: margin=1.5", () -> new CosineEmbedding(1.5, MEAN));
        assertRefused("p must be above 0: p=0.0", () -> new TripletMargin(1, 0, 1e-6, false, MEAN));
        assertRefused("eps=0.0", () -> new GaussianNll(false, 0, MEAN));
        assertRefused("eps=-1.0", () -> new PoissonNll(true, false, -1, MEAN));
        assertRefused(
                "weight[1] must be finite and at least 0: weight[1]=-2.0",
                () -> new Nll(List.of(1.0, -2.0), -100, MEAN));
        assertRefused("reduction must be mean or sum here: reduction=BATCHMEAN", () -> new Mse(Reduction.BATCHMEAN));
        assertRefused("reduction=null", () -> new KlDiv(false, null));
    }

    @Test
    void wrongNumbersOfWeightsAreRefused() {
        Tensor input = Tensor.zeros(2, 3);
        Tensor classes = Tensor.ofIndices(new double[] {0, 1}, 2);
        List<Double> two = List.of(1.0, 2.0);
        assertRefused(
                "weight must have one value per class: weight=2, classes=3",
                () -> values(new MultiMargin(1, 1, two, MEAN), input, classes));
        assertRefused("weight=2, classes=3", () -> values(new CrossEntropy(two, -100, 0, MEAN), input, classes));
        assertRefused("weight=2, classes=3", () -> values(new MultiLabelSoftMargin(two, MEAN), input, input));
        assertRefused(
                "posWeight must not be larger than the input: posWeight=[4, 2, 3], input=[2, 3]",
                () -> values(
                        new BceWithLogits(
                                null, new ElementWeights(Collections.nCopies(24, 1.0), List.of(4, 2, 3)), MEAN),
                        input,
                        input));
    }

    @Test
    void targetsOutsideTheirRangeAreRefusedWithTheirPosition() {
        Tensor input = Tensor.zeros(2, 2);
        Tensor two = Tensor.of(new double[] {1, 0, 2, 1}, 2, 2);
        Tensor zero = Tensor.of(new double[] {1, -1, 1, 0}, 2, 2);
        assertRefused("Target must be in [0, 1]: target=2.0, position=[1, 0]", () -> values(new Bce(), input, two));
        assertRefused("target=2.0, position=[1, 0]", () -> values(new BceWithLogits(), input, two));
        assertRefused("target=2.0, position=[1, 0]", () -> values(new MultiLabelSoftMargin(), input, two));
        assertRefused(
                "Target must be 1 or -1: target=0.0, position=[1, 1]", () -> values(new SoftMargin(), input, zero));
        assertRefused("target=0.0", () -> values(new HingeEmbedding(), input, zero));
        assertRefused("target=0.0", () -> values(new MarginRanking(), input, input, zero));
        assertRefused("target=0.0", () -> values(new CosineEmbedding(), input, input, Tensor.zeros(2)));
    }

    @Test
    void indicesAreNoNumbersAndNumbersNoIndices() {
        Tensor input = Tensor.zeros(2, 3);
        assertRefused(
                "Target must be indices, made by Tensor.ofIndices", () -> values(new Nll(), input, Tensor.zeros(2)));
        assertRefused(
                "or probabilities of the input's shape: input=[2, 3], target=[2]",
                () -> values(new CrossEntropy(), input, Tensor.zeros(2)));
        assertRefused(
                "Indices must be whole numbers: value=0.5, position=[1]",
                () -> Tensor.ofIndices(new double[] {0, 0.5}, 2));
        Tensor classes = Tensor.ofIndices(new double[2], 2);
        assertRefused("Indices have no gradient", () -> new Nll()
                .values(new Tensor[] {input, classes}, null, new Tensor[] {null, Tensor.zeros(2)}));
        assertRefused("A target of 1 or -1 has no gradient", () -> new SoftMargin()
                .values(new Tensor[] {Tensor.zeros(1), Tensor.of(new double[] {1}, 1)}, null, new Tensor[] {
                    null, Tensor.zeros(1)
                }));
    }

    @Test
    void weightsAndUpstreamsOfAnotherShapeAreRefused() {
        assertRefused(
                "Shape does not fit the data: shape=[3], values=2",
                () -> new ElementWeights(List.of(1.0, 2.0), List.of(3)));
        assertRefused("Wrong shape of upstream: upstream=[3], expected=[2]", () -> new Mse()
                .values(new Tensor[] {Tensor.zeros(2), Tensor.zeros(2)}, Tensor.zeros(3), new Tensor[2]));
    }

    private static void values(Loss loss, Tensor... inputs) {
        loss.evaluate(inputs, new Tensor[inputs.length]);
    }
}

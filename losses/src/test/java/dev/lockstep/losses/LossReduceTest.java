package dev.lockstep.losses;

import static dev.lockstep.losses.Refusals.assertRefused;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Sums, weights and what means make of them. */
class LossReduceTest {
    @Test
    void meanOfUnequalSharesIsSumOverWeight() {
        Nll loss = new Nll(List.of(1.0, 3.0), -100, Reduction.MEAN);
        Tensor input = Tensor.of(new double[] {-1, -2, -4, -8, -16, -32}, 3, 2);
        Tensor[] all = {input, Tensor.ofIndices(new double[] {0, 1, 0}, 3)};
        LossSum first = loss.evaluate(
                new Tensor[] {Tensor.of(new double[] {-1, -2}, 1, 2), Tensor.ofIndices(new double[] {0}, 1)},
                new Tensor[2]);
        LossSum rest = loss.evaluate(
                new Tensor[] {Tensor.of(new double[] {-4, -8, -16, -32}, 2, 2), Tensor.ofIndices(new double[] {1, 0}, 2)
                },
                new Tensor[2]);

        assertEquals(new LossSum(41, 5), first.plus(rest));
        assertEquals(8.2, first.plus(rest).mean());
        assertEquals(8.2, loss.reduce(all, new Tensor[2]));
    }

    @Test
    void aShareWithoutAnythingThatCountsAddsNothing() {
        Tensor gradient = Tensor.of(new double[] {7, 7}, 1, 2);
        Tensor[] inputs = {Tensor.zeros(1, 2), Tensor.ofIndices(new double[] {-100}, 1)};
        assertEquals(LossSum.NONE, new CrossEntropy().evaluate(inputs, new Tensor[] {gradient, null}));
        assertArrayEquals(new double[2], gradient.data());
        assertEquals(1, Reduction.MEAN.divisor(0));
    }

    @Test
    void batchmeanDividesByTheExamples() {
        Tensor[] inputs = {Tensor.zeros(2, 3), Tensor.of(new double[] {1, 1, 1, 1, 1, 1}, 2, 3)};
        assertEquals(
                2,
                new KlDiv(true, Reduction.BATCHMEAN)
                        .evaluate(inputs, new Tensor[2])
                        .weight());
        assertEquals(
                6,
                new KlDiv(true, Reduction.MEAN).evaluate(inputs, new Tensor[2]).weight());
        assertEquals(3 * Math.E, new KlDiv(true, Reduction.BATCHMEAN).reduce(inputs, new Tensor[2]), 1e-12);
    }

    @Test
    void reductionsHavePyTorchsNames() {
        assertEquals(Reduction.BATCHMEAN, Reduction.named("batchmean"));
        assertRefused(
                "reduction must be one of [mean, sum, batchmean]: reduction=average", () -> Reduction.named("average"));
    }

    @Test
    void anImpossibleClassThatIsNotWantedCountsNothing() {
        Tensor input = Tensor.of(new double[] {0, Double.NEGATIVE_INFINITY}, 1, 2);
        Tensor target = Tensor.of(new double[] {1, 0}, 1, 2);
        assertEquals(0, new CrossEntropy().reduce(new Tensor[] {input, target}, new Tensor[2]));
    }
}

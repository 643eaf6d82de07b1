package dev.lockstep.losses;

import static dev.lockstep.losses.Refusals.assertRefused;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

/** How plain values of a data source become the target of a loss. */
class LossTargetTest {
    @Test
    void numbersHaveTheShapeOfThePredictions() {
        assertShape(new Mse().target(new double[4], 4, 1), 4, 1);
        assertShape(new Bce().target(new double[12], 4, 3), 4, 3);
        assertRefused("Targets do not fit the predictions: targets=5, expected=4, predictions=[4, 1]", () -> new Mse()
                .target(new double[5], 4, 1));
    }

    @Test
    void classIndicesLackTheClasses() {
        for (Loss loss : new Loss[] {new CrossEntropy(), new Nll()}) {
            assertShape(loss.target(new double[] {0, 2}, 2, 3), 2);
            assertShape(loss.target(new double[10], 2, 3, 5), 2, 5);
            assertTrue(loss.target(new double[2], 2, 3).holdsIndices());
        }
        assertShape(new MultiMargin().target(new double[2], 2, 3), 2);
        assertRefused("Indices must be whole numbers: value=1.5, position=[0]", () -> new Nll()
                .target(new double[] {1.5}, 1, 3));
    }

    @Test
    void oneValuePerClassIsAProbability() {
        Tensor target = new CrossEntropy().target(new double[6], 2, 3);
        assertShape(target, 2, 3);
        assertFalse(target.holdsIndices());
        assertTrue(new CrossEntropy().target(new double[2], 2, 1).holdsIndices());
    }

    @Test
    void labelsOfPairsAreOnePerExample() {
        assertShape(new CosineEmbedding().target(new double[4], 4, 8), 4);
        assertShape(new MarginRanking().target(new double[4], 4, 1), 4, 1);
        assertShape(new MarginRanking().target(new double[4], 4, 3), 4, 1);
        assertShape(new MarginRanking().target(new double[12], 4, 3), 4, 3);
    }

    @Test
    void labelSequencesAreRows() {
        assertShape(new Ctc().target(new double[6], 50, 2, 5), 2, 3);
        assertTrue(new MultiLabelMargin().target(new double[6], 2, 3).holdsIndices());
        assertRefused("Labels do not fit the sequences: labels=5, sequences=2", () -> new Ctc()
                .target(new double[5], 50, 2, 5));
    }

    @Test
    void anEmptyShareHasAnEmptyTarget() {
        for (Loss loss : new Loss[] {new Mse(), new CrossEntropy(), new MultiMargin(), new CosineEmbedding()}) {
            assertEquals(0, loss.target(new double[0], 0, 3).size());
        }
    }

    private static void assertShape(Tensor tensor, int... shape) {
        assertArrayEquals(shape, tensor.shape());
    }
}

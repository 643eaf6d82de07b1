package dev.lockstep.params.compress;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import org.junit.jupiter.api.Test;

/** What is kept from one step to the next. */
class ErrorFeedbackTest {
    private final ErrorFeedback feedback = new ErrorFeedback(new TopK(0.5), weight -> weight, 4);

    private float[] sent(double weight, float... gradient) {
        System.arraycopy(gradient, 0, feedback.gradient(), 0, gradient.length);
        assertEquals(4, feedback.compress(weight));
        float[] sent = new float[4];
        new TopK(0.5).expand(feedback.words(), 4, sent);
        return sent;
    }

    private float[] kept() {
        float[] kept = new float[4];
        feedback.copyKept(kept, 0);
        return kept;
    }

    @Test
    void whatWasLeftOutComesWithTheNextStep() {
        assertArrayEquals(new float[] {4, 0, 3, 0}, sent(2, 4, 1, 3, 2));
        feedback.applied();
        assertArrayEquals(new float[] {0, 1, 0, 2}, kept());
        assertArrayEquals(new float[] {0, 2, 0, 3}, sent(2, 1, 1, 1, 1));
    }

    @Test
    void aStepThatIsSkippedLeavesWhatWasKept() {
        sent(2, 4, 1, 3, 2);
        feedback.applied();
        sent(2, Float.NaN, 7, 8, 9);
        assertArrayEquals(new float[] {0, 1, 0, 2}, kept());
        assertArrayEquals(new float[] {0, 2, 0, 3}, sent(2, 1, 1, 1, 1));
    }

    /** The last batch of an epoch is smaller, and its sum is divided by less. */
    @Test
    void whatIsKeptFollowsTheWeightOfTheShare() {
        sent(8, 4, 1, 3, 2);
        feedback.applied();
        assertArrayEquals(new float[] {0, 0.25f, 0, 0.5f}, sent(2, 0, 0, 0, 0));
        feedback.applied();
        assertEquals(2, feedback.weight());
    }

    @Test
    void aShareWithoutWeightTakesNothingOfWhatIsKept() {
        sent(8, 4, 1, 3, 2);
        feedback.applied();
        assertArrayEquals(new float[] {0, 0, 0, 0}, sent(0, 0, 0, 0, 0));
        feedback.applied();
        assertArrayEquals(new float[] {0, 1, 0, 2}, kept());
        assertEquals(8, feedback.weight());
    }

    @Test
    void anotherGoesOnWithIt() {
        sent(2, 4, 1, 3, 2);
        feedback.applied();
        float[] saved = new float[6];
        feedback.copyKept(saved, 1);
        ErrorFeedback other = new ErrorFeedback(new TopK(0.5), weight -> weight, 4);
        other.restore(saved, 1, feedback.weight());
        System.arraycopy(new float[] {1, 1, 1, 1}, 0, other.gradient(), 0, 4);
        other.compress(2);
        sent(2, 1, 1, 1, 1);
        assertArrayEquals(feedback.words(), other.words());
    }

    /** As of a loss that is a sum: nothing is divided. */
    @Test
    void whatIsKeptOfASumStaysAsItIs() {
        ErrorFeedback sums = new ErrorFeedback(new TopK(0.5), weight -> 1, 2);
        for (double weight : new double[] {8, 2}) {
            System.arraycopy(new float[] {weight > 5 ? 3 : 0, 1}, 0, sums.gradient(), 0, 2);
            sums.compress(weight);
            sums.applied();
        }

        float[] kept = new float[2];
        sums.copyKept(kept, 0);
        assertArrayEquals(new float[] {0, 0}, kept);
        assertEquals(2, Float.intBitsToFloat(sums.words()[1]));
    }

    /** Two workers' share of weight 8 is worth one worker's of weight 4. */
    @Test
    void residualsAreAddedAsPartsOfOneShare() {
        Residual two = new Residual(2, 1, new float[] {1, 2});
        Residual eight = new Residual(8, 2, new float[] {8, 8});
        Residual sum = two.plus(eight, weight -> weight);
        assertEquals(2, sum.weight());
        assertArrayEquals(new float[] {5, 6}, sum.values());
        assertArrayEquals(new float[] {9, 10}, two.plus(eight, weight -> 1).values());
        assertSame(eight, Residual.none(2).plus(eight, weight -> weight));
        assertSame(two, two.plus(Residual.none(2), weight -> weight));
    }
}

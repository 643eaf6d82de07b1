package dev.lockstep.params.compress;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import org.junit.jupiter.api.Test;

/** What is kept from one step to the next. */
class ErrorFeedbackTest {
    private final ErrorFeedback feedback = new ErrorFeedback(new TopK(0.5), 4);

    private float[] sent(double unit, float... gradient) {
        System.arraycopy(gradient, 0, feedback.gradient(), 0, gradient.length);
        assertEquals(4, feedback.compress(unit));
        float[] sent = new float[4];
        new TopK(0.5).expand(feedback.words(), sent);
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
        assertEquals(2, feedback.unit());
    }

    @Test
    void aShareWithoutWeightTakesNothingOfWhatIsKept() {
        sent(8, 4, 1, 3, 2);
        feedback.applied();
        assertArrayEquals(new float[] {0, 0, 0, 0}, sent(0, 0, 0, 0, 0));
        feedback.applied();
        assertArrayEquals(new float[] {0, 1, 0, 2}, kept());
        assertEquals(8, feedback.unit());
    }

    @Test
    void anotherGoesOnWithIt() {
        sent(2, 4, 1, 3, 2);
        feedback.applied();
        float[] saved = new float[6];
        feedback.copyKept(saved, 1);
        ErrorFeedback other = new ErrorFeedback(new TopK(0.5), 4);
        other.restore(saved, 1, feedback.unit());
        System.arraycopy(new float[] {1, 1, 1, 1}, 0, other.gradient(), 0, 4);
        other.compress(2);
        sent(2, 1, 1, 1, 1);
        assertArrayEquals(feedback.words(), other.words());
    }

    @Test
    void residualsAreAddedInTheFirstOnesUnit() {
        Residual two = new Residual(2, new float[] {1, 2});
        Residual four = new Residual(4, new float[] {8, 8});
        Residual sum = two.plus(four);
        assertEquals(2, sum.unit());
        assertArrayEquals(new float[] {5, 6}, sum.values());
        assertSame(four, new Residual(0, new float[2]).plus(four));
        assertSame(two, two.plus(new Residual(0, new float[2])));
    }
}

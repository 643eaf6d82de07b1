package dev.lockstep.driver.train.progress;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.lockstep.driver.TrainingException;
import org.junit.jupiter.api.Test;

class LearnedTest {
    private static final EpochLoss WELL = new EpochLoss(8, 4, 0, 10, 1);

    @Test
    void aRunWhoseLastEpochWasMostlySkippedHasFailed() {
        EpochLoss lost = new EpochLoss(8, 4, 0, 1, 37);
        TrainingException failed =
                assertThrows(TrainingException.class, () -> Learned.require(lost, new float[] {1, -1e29f}, 1));
        assertEquals(
                "The network learns nothing, as most gradients are not finite: epochs=1, steps of the last epoch=38, skipped=37,"
                        + " largest weight=1.0000000150474662E29. No model is written. A smaller learning rate or clipping may help.",
                failed.getMessage());
    }

    @Test
    void weightsMustBeFinite() {
        TrainingException failed =
                assertThrows(TrainingException.class, () -> Learned.require(WELL, new float[] {1, Float.NaN}, 2));
        assertEquals(
                "Weights are not finite: epochs=2, steps of the last epoch=11, skipped=1, largest weight=NaN. No model is written."
                        + " A smaller learning rate or clipping may help.",
                failed.getMessage());
    }

    @Test
    void aFewSkippedStepsAreNoFailure() {
        Learned.require(WELL, new float[] {1, 2}, 2);
        assertEquals(1, WELL.skipped());
    }
}

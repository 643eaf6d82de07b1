package dev.lockstep.driver.train.progress;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lockstep.losses.Reduction;
import dev.lockstep.params.PushedBytes;
import dev.lockstep.params.WorkerReport;
import dev.lockstep.params.WorkerTimes;
import dev.lockstep.params.member.StepReport;
import java.util.List;
import org.junit.jupiter.api.Test;

class EpochLossTest {
    private static final int SKIPPED = 0;

    private static StepReport step(double lossSum, double weight, int nonFinite) {
        return new StepReport(
                1,
                List.of(new WorkerReport(
                        1,
                        lossSum,
                        weight,
                        (int) weight,
                        0.5,
                        Double.NaN,
                        nonFinite,
                        nonFinite >= 0,
                        List.of(),
                        WorkerTimes.NONE,
                        PushedBytes.NONE)));
    }

    private static EpochLoss of(Reduction reduction, StepReport... steps) {
        EpochLoss loss = EpochLoss.NONE;
        for (StepReport step : steps) {
            loss = loss.plus(step, reduction);
        }
        return loss;
    }

    @Test
    void aShortLastBatchCountsForWhatIsInIt() {
        EpochLoss loss = of(Reduction.MEAN, step(0, 32, -1), step(660, 1, -1));
        assertEquals(20, loss.mean(), 1e-12);
        assertEquals(0.5, loss.meanRegularization());
    }

    @Test
    void aSumIsOneOfEachStep() {
        assertEquals(15, of(Reduction.SUM, step(10, 4, -1), step(20, 1, -1)).mean());
    }

    @Test
    void aStepInWhichNothingCountsCountsNothing() {
        EpochLoss loss = of(Reduction.MEAN, step(8, 4, -1), step(0, 0, -1), step(2, 1, -1));
        assertEquals(2, loss.mean());
        assertEquals(2, loss.steps());
        assertTrue(Double.isNaN(EpochLoss.of(step(0, 0, -1), Reduction.MEAN)));
        assertEquals(0, EpochLoss.of(step(0, 0, -1), Reduction.SUM));
    }

    @Test
    void aSkippedStepCountsInNoLoss() {
        EpochLoss loss = of(Reduction.MEAN, step(8, 4, -1), step(1e30, 4, SKIPPED));
        assertEquals(2, loss.mean());
        assertFalse(loss.mostlySkipped());
        assertTrue(loss.plus(step(1e30, 4, SKIPPED), Reduction.MEAN).mostlySkipped());
    }
}

package dev.lockstep.optim.schedule;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

/** A plateau within another schedule counts the metrics of its own epochs alone. */
class PlateauWithinSchedulesTest {
    private static final int STEPS_PER_EPOCH = 3;
    private static final ReduceLrOnPlateau PATIENT = new ReduceLrOnPlateau(
            ReduceLrOnPlateau.Mode.MIN,
            0.5,
            /* patience */ 1,
            0,
            ReduceLrOnPlateau.ThresholdMode.ABS,
            0,
            new PerGroup(0),
            0);

    /** The rates of the epochs' first updates, in a run whose metric never gets better. */
    private static double[] rates(Schedule schedule, int epochs) {
        double[] rates = new double[epochs];
        ReduceLrOnPlateau.State state = null;
        for (int epoch = 0; epoch < epochs; epoch++) {
            long first = (long) epoch * STEPS_PER_EPOCH;
            rates[epoch] =
                    schedule.lr(0, 1, new Progress(first, STEPS_PER_EPOCH, state == null ? 0 : state.reductions()));
            Progress last = new Progress(first + STEPS_PER_EPOCH - 1, STEPS_PER_EPOCH);
            state = ReduceLrOnPlateau.after(schedule, last, state, 0.7);
        }
        return rates;
    }

    @Test
    void aloneItCutsAfterItsPatience() {
        assertArrayEquals(new double[] {1, 1, 1, 0.5, 0.5, 0.25}, rates(PATIENT, 6));
    }

    @Test
    void duringAWarmUpNoMetricCounts() {
        Schedule schedule = new Warmup(4, 0.2, PATIENT, Per.EPOCH);
        assertArrayEquals(new double[] {0.2, 0.4, 0.6, 0.8, 1, 1, 1, 0.5, 0.5, 0.25}, rates(schedule, 10), 1e-12);
    }

    @Test
    void aWarmUpThatEndsWithinAnEpochCountsThatEpoch() {
        Schedule schedule = new Warmup(4, 0.2, PATIENT, Per.STEP);
        assertArrayEquals(new double[] {0.2, 0.8, 1, 1, 0.5}, rates(schedule, 5), 1e-12);
    }

    @Test
    void anotherPartsMetricsDoNotCount() {
        Schedule schedule =
                new Sequential(List.of(new NoSchedule(), PATIENT, new ConstantRate(0.3, 9, Per.EPOCH)), List.of(2, 6));
        assertArrayEquals(new double[] {1, 1, 1, 1, 1, 0.5, 0.3, 0.3}, rates(schedule, 8), 1e-12);
    }

    @Test
    void twoWouldShareOneState() {
        IllegalArgumentException refused = assertThrows(
                IllegalArgumentException.class, () -> new Sequential(List.of(PATIENT, PATIENT), List.of(2)));
        assertTrue(refused.getMessage().startsWith("At most one of the schedulers may wait for a metric: "));
    }

    @Test
    void whoAsksForAnyTimeFindsIt() {
        assertEquals(PATIENT, new Warmup(4, 0.2, PATIENT, Per.EPOCH).plateau().orElseThrow());
    }
}

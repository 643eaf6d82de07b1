package dev.lockstep.driver.train.progress;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class ThroughputTest {
    private static final long MS = 1_000_000;

    private final Throughput pace = new Throughput();

    @Test
    void theFirstStepHasItsOwn() {
        assertEquals(2000, pace.after(20, 10 * MS), 1e-9);
    }

    @Test
    void aSlowStepAmongManyIsSmoothed() {
        for (int step = 0; step < 500; step++) {
            assertEquals(2000, pace.after(20, 10 * MS), 1e-9);
        }

        // 95 of them and the slow one make a second.
        assertEquals(96 * 20, pace.after(20, 50 * MS), 1e-6);
    }

    @Test
    void forgetsWhatWasLongerAgoThanASecond() {
        for (int step = 0; step < 500; step++) {
            assertEquals(2000, pace.after(20, 10 * MS), 1e-9);
        }

        double last = 0;
        for (int step = 0; step < 500; step++) {
            last = pace.after(20, 5 * MS);
        }
        assertEquals(4000, last, 1e-9);
    }

    @Test
    void aStepOfMoreThanASecondCountsAlone() {
        double unused = pace.after(1000, 10 * MS);

        assertEquals(10, pace.after(20, 2000 * MS), 1e-9);
    }
}

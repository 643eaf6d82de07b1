package dev.lockstep.params.link;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class AwakeClockTest {
    private static final long SECOND = 1_000_000_000;

    private final ManualClock wall = new ManualClock();
    private final AwakeClock clock = new AwakeClock(wall);

    @Test
    void goesWithTheOtherWhileSomebodyReads() {
        for (int reading = 0; reading < 100; reading++) {
            wall.advance(SECOND / 4);
            assertEquals((reading + 1) * SECOND / 4, clock.nanos());
        }
    }

    @Test
    void countsAPauseAsASecond() {
        wall.advance(3600 * SECOND);
        assertEquals(SECOND, clock.nanos());
        wall.advance(10);
        assertEquals(SECOND + 10, clock.nanos());
    }
}

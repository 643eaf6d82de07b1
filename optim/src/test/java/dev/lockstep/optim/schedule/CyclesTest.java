package dev.lockstep.optim.schedule;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Where the cycles of a schedule end, which is where snapshots are kept. */
class CyclesTest {
    private static final int STEPS_PER_EPOCH = 3;
    private static final int STEPS = 40;
    private static final CosineAnnealingWarmRestarts RESTARTS = new CosineAnnealingWarmRestarts(2);
    private static final Cyclic TRIANGLES = new Cyclic(
            new PerGroup(0.1),
            new PerGroup(0.2),
            4,
            3,
            Cyclic.Mode.TRIANGULAR,
            1,
            false,
            new PerGroup(0.8),
            new PerGroup(0.9),
            Per.STEP);

    static Stream<Arguments> schedules() {
        return Stream.of(
                Arguments.of(RESTARTS, List.of(6L, 12L, 18L, 24L, 30L, 36L)),
                Arguments.of(new CosineAnnealingWarmRestarts(1, 2, 0, Per.EPOCH), List.of(3L, 9L, 21L)),
                Arguments.of(new CosineAnnealingWarmRestarts(5, 2, 0, Per.STEP), List.of(5L, 15L, 35L)),
                Arguments.of(TRIANGLES, List.of(7L, 14L, 21L, 28L, 35L)),
                Arguments.of(new Warmup(4, 0.5, TRIANGLES, Per.STEP), List.of(11L, 18L, 25L, 32L, 39L)),
                Arguments.of(
                        new Sequential(List.of(TRIANGLES, new NoSchedule(), RESTARTS), List.of(3, 9), Per.EPOCH),
                        List.of(7L, 33L, 39L)),
                Arguments.of(new Exponential(0.9, Per.STEP), List.of()));
    }

    @ParameterizedTest
    @MethodSource("schedules")
    void endWhereTheRateBeginsAnew(Schedule schedule, List<Long> ends) {
        List<Long> found = LongStream.rangeClosed(1, STEPS)
                .filter(step -> cycles(schedule, step) > cycles(schedule, step - 1))
                .boxed()
                .toList();
        assertEquals(ends, found);
    }

    @Test
    void theRateIsTheFirstOneAgain() {
        assertEquals(RESTARTS.lr(0, 0.3, at(0)), RESTARTS.lr(0, 0.3, at(12)));
        assertEquals(TRIANGLES.lr(0, 0.3, at(0)), TRIANGLES.lr(0, 0.3, at(14)), 1e-15);
    }

    private static long cycles(Schedule schedule, long step) {
        return schedule.cycles(at(step));
    }

    private static Progress at(long step) {
        return new Progress(step, STEPS_PER_EPOCH);
    }
}

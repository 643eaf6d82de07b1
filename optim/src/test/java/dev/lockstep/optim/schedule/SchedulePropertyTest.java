package dev.lockstep.optim.schedule;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.HashSet;
import java.util.List;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

/** What every schedule must do. A new one joins by one line in {@link #all}. */
class SchedulePropertyTest {
    private static final double BASE = 0.1;
    private static final PerGroup LOW = new PerGroup(0.01);
    private static final PerGroup HIGH = new PerGroup(0.2);

    private static List<Schedule> all(Per per) {
        return List.of(
                new NoSchedule(),
                new ConstantRate(0.5, 3, per),
                new LinearRate(0.1, 0.9, 7, per),
                new Step(3, 0.5, per),
                new MultiStep(List.of(2, 5, 5), 0.5, per),
                new Exponential(0.9, per),
                new Polynomial(9, 2, per),
                new CosineAnnealing(6, 0.001, per),
                new CosineAnnealingWarmRestarts(3, 2, 0.001, per),
                new Cyclic(LOW, HIGH, 4, 3, Cyclic.Mode.TRIANGULAR2, 1, true, LOW, HIGH, per),
                oneCycle(20, per),
                new ReduceLrOnPlateau(),
                new Sequential(List.of(new LinearRate(0, 1, 4, per), new Exponential(0.9, per)), List.of(4), per),
                new Warmup(5, 0.1, new CosineAnnealing(6, 0, per), per));
    }

    private static OneCycle oneCycle(Integer length, Per per) {
        return new OneCycle(
                HIGH, length, null, null, 0.3, OneCycle.AnnealStrategy.COS, true, LOW, HIGH, 25, 1e4, false, per);
    }

    @Provide
    Arbitrary<Schedule> schedules() {
        return Arbitraries.of(Per.values()).flatMap(per -> Arbitraries.of(all(per)));
    }

    @Example
    void allSchedulesOfTheCatalogueAreHere() {
        assertEquals(
                new HashSet<>(Schedules.byName().values()),
                all(Per.STEP).stream().map(Schedule::getClass).collect(Collectors.toSet()));
    }

    @Property
    void ratesAreNeverNegativeOrInfinite(
            @ForAll("schedules") Schedule schedule,
            @ForAll @IntRange(max = 10_000) int step,
            @ForAll @IntRange(min = 1, max = 50) int stepsPerEpoch,
            @ForAll @IntRange(max = 9) int reductions) {
        double lr = schedule.lr(0, BASE, new Progress(step, stepsPerEpoch, reductions));
        assertTrue(lr >= 0 && lr < 1, "lr=" + lr);
    }

    /** With one update per epoch there is no difference between counting updates, epochs or parts of them. */
    @Property
    void unitsAgreeWhereAnEpochIsOneStep(@ForAll @IntRange(max = 60) int step) {
        Progress at = new Progress(step, 1);
        for (int i = 0; i < all(Per.STEP).size(); i++) {
            double lr = all(Per.STEP).get(i).lr(0, BASE, at);
            assertEquals(lr, all(Per.EPOCH).get(i).lr(0, BASE, at));
            assertEquals(lr, all(Per.FRACTION).get(i).lr(0, BASE, at));
        }
    }

    @Property
    void perEpochTheRateIsTheSameForAWholeEpoch(
            @ForAll @IntRange(max = 40) int epoch, @ForAll @IntRange(max = 6) int within) {
        for (Schedule schedule : all(Per.EPOCH)) {
            double first = schedule.lr(0, BASE, new Progress(epoch * 7L, 7));
            assertEquals(first, schedule.lr(0, BASE, new Progress(epoch * 7L + within, 7)), schedule.toString());
        }
    }

    @Example
    void perStepTheRateChangesWithinAnEpoch() {
        Exponential schedule = new Exponential(0.9, Per.STEP);
        assertNotEquals(schedule.lr(0, BASE, new Progress(0, 100)), schedule.lr(0, BASE, new Progress(1, 100)), 1e-9);
    }

    @Property
    void afterWarmUpEveryScheduleRunsFromItsOwnStart(
            @ForAll("schedules") Schedule schedule, @ForAll @IntRange(max = 100) int step) {
        Warmup warmup = new Warmup(12, 0.1, schedule, Per.STEP);
        double alone = schedule.lr(0, BASE, new Progress(step, 4));
        assertEquals(alone, warmup.lr(0, BASE, new Progress(step + 12, 4)));
    }

    @Property
    void warmUpRisesToWhereTheScheduleStarts(
            @ForAll("schedules") Schedule schedule, @ForAll @IntRange(max = 11) int step) {
        Warmup warmup = new Warmup(12, 0.1, schedule, Per.STEP);
        double target = schedule.lr(0, BASE, new Progress(0, 4));
        double expected = target * (0.1 + 0.9 * step / 12);
        assertEquals(expected, warmup.lr(0, BASE, new Progress(step, 4)), 1e-15);
    }

    @Property
    void momentumGoesAgainstTheRate(@ForAll @IntRange(max = 19) int step) {
        Progress at = new Progress(step, 1);
        OneCycle schedule = oneCycle(20, Per.STEP);
        double momentum = schedule.momentum(0, at).orElseThrow();
        assertTrue(momentum >= 0.01 - 1e-12 && momentum <= 0.2 + 1e-12, "momentum=" + momentum);
        assertEquals(schedule.lr(0, BASE, new Progress(5, 1)), 0.2, 1e-9);
        assertEquals(schedule.momentum(0, new Progress(5, 1)).orElseThrow(), 0.01, 1e-9);
    }

    @Property
    void oneCycleEndsWithTheRun(
            @ForAll @IntRange(min = 1, max = 9) int epochs, @ForAll @IntRange(min = 1, max = 30) int stepsPerEpoch) {
        long steps = (long) epochs * stepsPerEpoch;
        OneCycle schedule = oneCycle(null, Per.STEP).over(steps, stepsPerEpoch);
        schedule.requireReady(3);
        double last = 0.2 / 25 / 1e4;
        assertEquals(last, schedule.lr(0, BASE, new Progress(steps - 1, stepsPerEpoch)), 1e-12);
        assertEquals(last, schedule.lr(0, BASE, new Progress(steps + 99, stepsPerEpoch)), 1e-12);
    }

    @Property
    void settingsSurviveSerialization(@ForAll("schedules") Schedule schedule)
            throws IOException, ClassNotFoundException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(schedule);
        }
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
            assertEquals(schedule, in.readObject());
        }
    }
}

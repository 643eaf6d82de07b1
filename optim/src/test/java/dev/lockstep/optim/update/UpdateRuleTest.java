package dev.lockstep.optim.update;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lockstep.optim.Adagrad;
import dev.lockstep.optim.Adam;
import dev.lockstep.optim.Asgd;
import dev.lockstep.optim.Lamb;
import dev.lockstep.optim.Lars;
import dev.lockstep.optim.NAdam;
import dev.lockstep.optim.Optimizer;
import dev.lockstep.optim.Rows;
import dev.lockstep.optim.Sgd;
import dev.lockstep.optim.Slice;
import dev.lockstep.optim.SparseAdam;
import dev.lockstep.optim.schedule.Cyclic;
import dev.lockstep.optim.schedule.Exponential;
import dev.lockstep.optim.schedule.NoSchedule;
import dev.lockstep.optim.schedule.Per;
import dev.lockstep.optim.schedule.PerGroup;
import dev.lockstep.optim.schedule.Progress;
import dev.lockstep.optim.schedule.Schedule;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class UpdateRuleTest {
    private static final Progress FIRST = new Progress(0, 10);

    private static UpdateRule rule(Clip clip, NonFinite nonFinite, ParamGroup... groups) {
        return new UpdateRule(List.of(groups), new Regularization(0.01, 0.02, "*"), clip, new NoSchedule(), nonFinite);
    }

    private static UpdateRule scheduled(Optimizer optimizer, Schedule schedule) {
        return new UpdateRule(
                List.of(new ParamGroup("*", optimizer)), Regularization.NONE, new NoClip(), schedule, NonFinite.STOP);
    }

    static List<UpdateRule> rules() {
        ParamGroup lamb = new ParamGroup("*.weight", new Lamb());
        ParamGroup lars = new ParamGroup("*.weight", new Lars(0.1));
        ParamGroup rest = new ParamGroup("*", new Adam());
        return List.of(
                rule(new NoClip(), NonFinite.STOP, rest),
                rule(new ClipValue(0.5), NonFinite.STOP, lars, rest),
                rule(new ClipNorm(0.5), NonFinite.STOP, rest),
                rule(new ClipNorm(0.5, 3, false), NonFinite.SKIP, lamb, rest),
                rule(new ClipTensorNorm(0.1), NonFinite.SKIP, lars, lamb, rest));
    }

    @ParameterizedTest
    @MethodSource("rules")
    void numberOfShardsDoesNotMatter(UpdateRule rule) {
        float[][] expected = run(rule, 1).params();
        for (int shards = 2; shards <= 5; shards++) {
            assertArrayEquals(expected, run(rule, shards).params(), "shards=" + shards);
        }
    }

    @ParameterizedTest
    @MethodSource("rules")
    void theSquaresAreThoseOfTheRegularisedGradientBeforeClipping(UpdateRule rule) {
        Shards shards = new Shards(rule, 2);
        for (int step = 0; step < 2; step++) {
            float[][] params = shards.params();
            List<Outcome> unused = shards.step(step);
            for (int range = 0; range < params.length; range++) {
                double expected = 0;
                for (int i = 0; i < params[range].length; i++) {
                    double w = params[range][i];
                    double g = Shards.gradient(range, step)[i] + 0.01 * Math.signum(w) + 0.02 * w;
                    expected += g * g;
                }
                assertEquals(expected, shards.range(range).gradientSquares(), 1e-6 * expected, "range=" + range);
            }
        }
    }

    private static Shards run(UpdateRule rule, int count) {
        Shards shards = new Shards(rule, count);
        for (int step = 0; step < 6; step++) {
            assertTrue(shards.step(step).stream().allMatch(Outcome.APPLIED::equals));
        }

        return shards;
    }

    @ParameterizedTest
    @MethodSource("rules")
    void stateThatWasSavedGoesOnAsIfNothingHadHappened(UpdateRule rule) {
        Shards resumed = new Shards(rule, 2);
        Shards stopped = new Shards(rule, 3);
        for (int step = 0; step < 3; step++) {
            stopped.step(step);
        }
        for (int range = 0; range < Shards.PARTS.size(); range++) {
            copy(stopped.range(range), resumed.range(range));
        }
        for (int step = 3; step < 6; step++) {
            resumed.step(step);
        }

        assertArrayEquals(run(rule, 1).params(), resumed.params());
    }

    private static void copy(RangeState from, RangeState to) {
        System.arraycopy(from.params(), 0, to.params(), 0, from.params().length);
        for (int slot = 0; slot < from.slotCount(); slot++) {
            System.arraycopy(from.slot(slot), 0, to.slot(slot), 0, from.params().length);
        }

        to.restoreScalars(from.scalars());
    }

    @Test
    void globalNormIsOfAllRangesTogether() {
        double square = 0;
        for (int range = 0; range < Shards.PARTS.size(); range++) {
            for (float g : Shards.gradient(range, 0)) {
                square += (double) g * g;
            }
        }

        double scale = 0.5 / (Math.sqrt(square) + 1e-6);
        Shards shards = new Shards(
                new UpdateRule(
                        List.of(new ParamGroup("*", new Sgd(1))),
                        Regularization.NONE,
                        new ClipNorm(0.5),
                        new NoSchedule(),
                        NonFinite.STOP),
                2);
        float[][] before = shards.params();
        shards.step(0);
        for (int range = 0; range < Shards.PARTS.size(); range++) {
            float[] gradient = Shards.gradient(range, 0);
            for (int i = 0; i < gradient.length; i++) {
                assertEquals(before[range][i] - scale * gradient[i], shards.params()[range][i], 1e-6);
            }
        }
    }

    @Test
    void tensorNormIsOfAllPartsOfATensor() {
        UpdateRule rule = new UpdateRule(
                List.of(new ParamGroup("*", new Sgd(1))),
                Regularization.NONE,
                new ClipTensorNorm(0.25),
                new NoSchedule(),
                NonFinite.STOP);
        Shards shards = new Shards(rule, 2);
        float[][] before = shards.params();
        shards.step(0);
        double moved = 0;
        for (int range = 1; range <= 3; range++) {
            for (int i = 0; i < before[range].length; i++) {
                moved += Math.pow(before[range][i] - shards.params()[range][i], 2);
            }
        }

        assertEquals(0.25, Math.sqrt(moved), 1e-5);
    }

    @Test
    void aNonFiniteGradientIsSkippedEverywhere() {
        UpdateRule rule = rule(new ClipNorm(1), NonFinite.SKIP, new ParamGroup("*", new Adam()));
        Shards shards = new Shards(rule, 2);
        shards.step(0);
        float[][] before = shards.params();
        double[] scalars = shards.range(0).scalars();

        List<Outcome> outcomes = shards.step(gradientsWith(Float.NaN, 0, 2), new Progress(1, 10));
        assertEquals(
                List.of(2), outcomes.stream().map(Outcome::tensor).distinct().toList());
        assertTrue(outcomes.stream().allMatch(outcome -> outcome.kind() == Outcome.Kind.SKIPPED));
        assertArrayEquals(before, shards.params());
        assertArrayEquals(scalars, shards.range(0).scalars());
        assertTrue(shards.step(2).stream().allMatch(Outcome.APPLIED::equals));
        assertFalse(Arrays.deepEquals(before, shards.params()));
    }

    @Test
    void aNonFiniteGradientIsRefusedBeforeClippingHidesIt() {
        UpdateRule rule = rule(new ClipValue(1), NonFinite.STOP, new ParamGroup("*", new Adam()));
        Shards shards = new Shards(rule, 2);
        float[][] before = shards.params();
        List<Outcome> outcomes = shards.step(gradientsWith(Float.POSITIVE_INFINITY, 0), FIRST);
        assertEquals(new Outcome(Outcome.Kind.REFUSED, 0), outcomes.get(0));
        assertEquals(Outcome.APPLIED, outcomes.get(1));
        assertArrayEquals(before[0], shards.params()[0]);
    }

    /** Gradients of which the first value of some ranges is bad. */
    private static List<float[]> gradientsWith(float bad, Integer... ranges) {
        List<float[]> gradients = new ArrayList<>();
        for (int range = 0; range < Shards.PARTS.size(); range++) {
            gradients.add(Shards.gradient(range, 1));
            if (Arrays.asList(ranges).contains(range)) {
                gradients.get(range)[0] = bad;
            }
        }

        return gradients;
    }

    @Test
    void roundsMustFollowOneAnother() {
        UpdateRule rule = rule(new ClipNorm(1), NonFinite.SKIP, new ParamGroup("*", new Adam()));
        RangeState range = new Shards(rule, 1).range(4);
        float[] gradient = Shards.gradient(4, 0);
        rule.measure(0, range, gradient, List.of(), FIRST);
        String message = assertThrows(
                        IllegalStateException.class, () -> rule.measure(0, range, gradient, List.of(), FIRST))
                .getMessage();
        assertTrue(message.contains("round=0, totals=0, expected=1"), message);
        range.abandon();
        assertEquals(2, rule.measure(0, range, gradient, List.of(), FIRST).length);
    }

    @Test
    void theFirstGroupThatMatchesTakesAParameter() {
        UpdateRule rule = rule(
                new NoClip(), NonFinite.STOP, new ParamGroup("*.bias", new Sgd(1)), new ParamGroup("0.*", new Sgd(2)));
        assertEquals(0, rule.groupOf("0.bias"));
        assertEquals(1, rule.groupOf("0.weight"));
        String message = assertThrows(IllegalArgumentException.class, () -> rule.groupOf("1.weight"))
                .getMessage();
        assertTrue(message.contains("parameter=1.weight, patterns=[*.bias, 0.*]"), message);
    }

    @Test
    void regularizationIsTheSlopeOfItsPenalty() {
        UpdateRule rule = rule(new NoClip(), NonFinite.STOP, new ParamGroup("*", new Sgd(1)));
        RangeState range = new Shards(rule, 1).range(1);
        float[] params = range.params().clone();
        rule.apply(range, new float[params.length], List.of(), FIRST);
        for (int i = 0; i < params.length; i++) {
            double slope = 0.01 * Math.signum(params[i]) + 0.02 * params[i];
            assertEquals(params[i] - slope, range.params()[i], 1e-7);
        }

        double penalty = 0;
        for (float w : range.params()) {
            penalty += 0.01 * Math.abs(w) + 0.01 * w * w;
        }
        assertEquals(penalty, rule.regularization().of(FloatBuffer.wrap(range.params())), 1e-12);
    }

    @Test
    void theScheduleSetsTheRateOfEveryStep() {
        UpdateRule rule = scheduled(new Sgd(0.1), new Exponential(0.5, Per.EPOCH));
        assertEquals(0.025, rule.lr(0, new Progress(29, 10)), 1e-15);
        RangeState range = rule.start(List.of(new TensorPart(0, "w", 0, 1)), new float[] {1});
        rule.apply(range, new float[] {1}, List.of(), new Progress(29, 10));
        assertEquals(0.975f, range.params()[0]);
    }

    @Test
    void theScheduleCyclesTheMomentum() {
        PerGroup rate = new PerGroup(0.1);
        Cyclic schedule = new Cyclic(
                rate, rate, 4, null, Cyclic.Mode.TRIANGULAR, 1, true, new PerGroup(0.5), new PerGroup(0.9), Per.STEP);
        UpdateRule rule = scheduled(new Sgd(0.1, 0.7, 0, 0, false, false), schedule);
        RangeState range = rule.start(List.of(new TensorPart(0, "w", 0, 1)), new float[] {0});
        rule.apply(range, new float[] {1}, List.of(), new Progress(0, 10));
        rule.apply(range, new float[] {0}, List.of(), new Progress(4, 10));
        assertEquals(0.5f, range.slot(0)[0]);

        String message = assertThrows(IllegalArgumentException.class, () -> scheduled(new Adagrad(), schedule))
                .getMessage();
        assertTrue(message.contains("no momentum"), message);
    }

    @Test
    void averagedParametersAreEvaluated() {
        UpdateRule rule = UpdateRule.of(new Asgd(0.5, 0, 0.75, 0, 0, false));
        RangeState range = rule.start(List.of(new TensorPart(0, "w", 0, 1)), new float[] {4});
        assertArrayEquals(new float[] {4}, rule.evaluated(range));
        for (int step = 0; step < 3; step++) {
            rule.apply(range, new float[] {2}, List.of(), new Progress(step, 10));
        }

        assertEquals(1, range.params()[0]);
        assertArrayEquals(range.slot(0), rule.evaluated(range));
        assertTrue(rule.evaluated(range)[0] > 1);
    }

    @Test
    void rowsThatAreNotTouchedStayAsTheyAre() {
        UpdateRule rule = UpdateRule.of(new SparseAdam());
        RangeState range = rule.start(List.of(new TensorPart(0, "embedding", 0, 6)), new float[] {1, 1, 1, 1, 1, 1});
        rule.apply(range, new float[] {1, 1, 1, 1, 1, 1}, List.of(), FIRST);
        float[] before = range.params().clone();
        range.touch(0, new Rows(2, 1));
        rule.apply(range, new float[] {0, 0, 1, 1, 0, 0}, List.of(), FIRST);
        for (int i = 0; i < 6; i++) {
            assertEquals(i / 2 != 1, before[i] == range.params()[i], "index=" + i);
        }

        String message = assertThrows(IllegalArgumentException.class, () -> range.touch(0, new Rows(2, 3)))
                .getMessage();
        assertTrue(message.contains("tensor=embedding, count=6, width=2, last=3"), message);
    }

    @Test
    void aLargeTensorIsUpdatedInPiecesAsIfInOne() {
        int count = 10_001;
        Optimizer optimizer = new NAdam();
        UpdateRule rule = UpdateRule.of(optimizer);
        RangeState range = rule.start(
                List.of(new TensorPart(0, "a", 0, 7), new TensorPart(1, "b", 7, count - 7)), new float[count]);
        float[] gradient = new float[count];
        for (int i = 0; i < count; i++) {
            gradient[i] = (float) Math.sin(i);
        }

        Slice whole = new Slice(new float[count], new float[2][count], new double[2], 0, count);
        optimizer.start(whole);
        for (int step = 0; step < 3; step++) {
            List<Integer> ends = new ArrayList<>(List.of(0));
            rule.apply(range, gradient, List.of(), new Progress(step, 10), (start, end) -> {
                assertEquals(ends.get(ends.size() - 1), start);
                ends.add(end);
            });
            optimizer.update(whole, gradient, optimizer.lr(), new double[0]);

            assertEquals(List.of(0, 7, 7 + 4096, 7 + 2 * 4096, count), ends);
            assertArrayEquals(whole.params(), range.params());
            assertArrayEquals(
                    new double[] {whole.scalars()[0], whole.scalars()[1], whole.scalars()[0], whole.scalars()[1]},
                    range.scalars());
        }
    }

    @Test
    void nothingChangesWhereTheLastValueIsNotFinite() {
        float[] gradient = new float[10_000];
        gradient[9_999] = Float.NaN;
        UpdateRule rule = UpdateRule.of(new Adam());
        RangeState range = rule.start(List.of(new TensorPart(0, "w", 0, 10_000)), new float[10_000]);
        Outcome outcome = rule.apply(range, gradient, List.of(), FIRST, (start, end) -> {
            throw new AssertionError("changed from " + start + " to " + end);
        });
        assertEquals(new Outcome(Outcome.Kind.REFUSED, 0), outcome);
        assertArrayEquals(new double[1], range.scalars());
        assertArrayEquals(new float[10_000], range.params());
    }

    @Test
    void gradientsAndPartsThatDoNotFitAreRefused() {
        UpdateRule rule = UpdateRule.of(new Adam());
        RangeState range = new Shards(rule, 1).range(4);
        String message = assertThrows(
                        IllegalArgumentException.class, () -> rule.apply(range, new float[8], List.of(), FIRST))
                .getMessage();
        assertTrue(message.contains("gradient=8, range=9"), message);
        List<TensorPart> long10 = List.of(new TensorPart(0, "w", 0, 10));
        message = assertThrows(IllegalArgumentException.class, () -> rule.start(long10, new float[9]))
                .getMessage();
        assertTrue(message.contains("range=9"), message);
    }

    @Test
    void scalarsOfAnotherRangeAreRefused() {
        RangeState range = new Shards(UpdateRule.of(new Adam()), 1).range(0);
        String message = assertThrows(IllegalArgumentException.class, () -> range.restoreScalars(new double[3]))
                .getMessage();
        assertTrue(message.contains("scalars=3, expected=2"), message);
    }
}

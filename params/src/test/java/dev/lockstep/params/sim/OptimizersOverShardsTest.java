package dev.lockstep.params.sim;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.lockstep.optim.Optimizer;
import dev.lockstep.optim.update.UpdateRule;
import dev.lockstep.params.Layout;
import dev.lockstep.params.Range;
import dev.lockstep.params.Span;
import dev.lockstep.params.link.Faults;
import dev.lockstep.params.shard.RangeContents;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every optimizer of the catalogue through the whole protocol: what it computes on shards is what it computes alone,
 * parameters, slots and scalars.
 */
class OptimizersOverShardsTest {
    private static final int BATCH = 7;
    private static final int STEPS = 12;

    static Stream<Optimizer> optimizers() {
        return CatalogueOptimizers.all();
    }

    /** With examples whose gradients add up without rounding, in any order, so that not a bit may differ. */
    @ParameterizedTest
    @MethodSource("optimizers")
    void twoWorkersAndThreeShardsFollowOneProcessBitForBit(Optimizer optimizer) {
        OneProcess alone = alone(optimizer, Quadratic::coarse, STEPS);
        assertFalse(Arrays.equals(Quadratic.start(alone.values().length), alone.values()), "it must have learned");
        assertFollows(alone, training(optimizer, Quadratic::coarse, 2, 3).run(STEPS), layout(3), 0);
    }

    /** As sums of float32 really are: they round, in worker order. */
    @ParameterizedTest
    @MethodSource("optimizers")
    void twoWorkersAndThreeShardsFollowOneProcessButForRounding(Optimizer optimizer) {
        OneProcess alone = alone(optimizer, Quadratic::gradient, STEPS);
        assertFollows(alone, training(optimizer, Quadratic::gradient, 2, 3).run(STEPS), layout(3), 1e-4f);
    }

    @ParameterizedTest
    @MethodSource("optimizers")
    void theNumberOfShardsChangesNoBit(Optimizer optimizer) {
        RangeContents[] one = training(optimizer, Quadratic::gradient, 2, 1).run(STEPS);
        for (int shards : new int[] {3, 8}) {
            assertSame(one, training(optimizer, Quadratic::gradient, 2, shards).run(STEPS), "shards=" + shards);
        }
    }

    @ParameterizedTest
    @MethodSource("optimizers")
    void stateThatIsSavedMidRunGoesOnInAnotherNumberOfShards(Optimizer optimizer) {
        RangeContents[] straight =
                training(optimizer, Quadratic::gradient, 2, 3).run(STEPS);
        RangeContents[] saved = training(optimizer, Quadratic::gradient, 2, 3).run(5);
        for (int shards : new int[] {1, 5}) {
            TrainingOverShards training = training(optimizer, Quadratic::gradient, 2, shards);
            assertSame(straight, training.run(saved, 6, STEPS), "shards=" + shards);
        }
    }

    private static OneProcess alone(Optimizer optimizer, Share share, int steps) {
        Layout layout = layout(1);
        OneProcess alone = new OneProcess(optimizer, layout, Quadratic.start(layout.valueCount()));
        for (int step = 1; step <= steps; step++) {
            alone.step(step, share, BATCH);
        }

        return alone;
    }

    private static TrainingOverShards training(Optimizer optimizer, Share share, int workers, int shards) {
        UpdateRule rule = UpdateRule.of(optimizer);
        return new TrainingOverShards(layout(shards), rule, share, BATCH, workers, Faults.NONE);
    }

    private static Layout layout(int shards) {
        return SimulatedRun.layout(shards);
    }

    private static void assertFollows(OneProcess alone, RangeContents[] ranges, Layout layout, float tolerance) {
        for (Range range : layout.trained()) {
            RangeContents contents = ranges[range.index()];
            assertValues(part(alone.values(), range), contents.params(), tolerance, range + " params");
            assertEquals(alone.slots().length, contents.slots().length, "slots");
            for (int slot = 0; slot < contents.slots().length; slot++) {
                float[] expected = part(alone.slots()[slot], range);
                assertValues(expected, contents.slots()[slot], tolerance, range + " slot " + slot);
            }

            double[] scalars = range.spans().stream()
                    .map(Span::parameter)
                    .flatMapToDouble(tensor -> Arrays.stream(alone.scalars(tensor)))
                    .toArray();
            assertArrayEquals(scalars, contents.scalars(), range + " scalars");
        }
    }

    private static float[] part(float[] flat, Range range) {
        return Arrays.copyOfRange(flat, range.start(), range.end());
    }

    /** @param tolerance relative to the largest value; 0 for the same bits */
    private static void assertValues(float[] expected, float[] actual, float tolerance, String what) {
        if (tolerance == 0) {
            assertArrayEquals(expected, actual, what);
            return;
        }

        float largest = 1;
        for (float value : expected) {
            largest = Math.max(largest, Math.abs(value));
        }

        assertArrayEquals(expected, actual, tolerance * largest, what);
    }

    private static void assertSame(RangeContents[] expected, RangeContents[] actual, String what) {
        assertEquals(expected.length, actual.length, what);
        for (int range = 0; range < expected.length; range++) {
            assertEquals(expected[range].step(), actual[range].step(), what);
            assertArrayEquals(expected[range].params(), actual[range].params(), what);
            assertArrayEquals(expected[range].slots(), actual[range].slots(), what);
            assertArrayEquals(expected[range].scalars(), actual[range].scalars(), what);
        }
    }
}

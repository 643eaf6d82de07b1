package dev.lockstep.params.sim;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lockstep.optim.lbfgs.Lbfgs;
import dev.lockstep.optim.lbfgs.Lbfgs.LineSearch;
import dev.lockstep.optim.lbfgs.LbfgsMemory;
import dev.lockstep.optim.lbfgs.LbfgsRun;
import dev.lockstep.params.Layout;
import dev.lockstep.params.Range;
import dev.lockstep.params.link.Faults;
import dev.lockstep.params.shard.RangeContents;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** L-BFGS whose vectors lie on shards takes the path that it takes in one process, point, history and numbers. */
class LbfgsOverShardsTest {
    private static final int BATCH = 7;
    private static final int STEPS = 4;
    private static final Faults SOME = new Faults(0.03, 0.05, 0.05, 0.05, 3_000_000);

    /** With line search and without, and with a history that overflows. */
    static Stream<Lbfgs> settings() {
        return Stream.of(
                new Lbfgs(1, 5, null, 1e-7, 1e-9, 100, LineSearch.STRONG_WOLFE),
                new Lbfgs(1, 4, null, 1e-7, 1e-9, 3, LineSearch.STRONG_WOLFE),
                new Lbfgs(0.1, 4, null, 1e-7, 1e-9, 100, null));
    }

    private static Layout layout(int shards) {
        return SimulatedRun.layout(shards);
    }

    private static RangeContents[] run(Lbfgs settings, int workers, int shards) {
        return training(settings, workers, shards, Faults.NONE, 0).run(null, 1, STEPS);
    }

    private static LbfgsTraining training(Lbfgs settings, int workers, int shards, Faults faults, long seed) {
        return new LbfgsTraining(layout(shards), settings, workers, BATCH, faults, seed);
    }

    @ParameterizedTest
    @MethodSource("settings")
    void twoWorkersAndThreeShardsFollowOneProcessBitForBit(Lbfgs settings) {
        Layout layout = layout(3);
        float[] point = Quadratic.start(layout.valueCount());
        LbfgsRun<float[]> alone = new LbfgsRun<>(settings, new RangedVectors(layout));
        double[] losses = new double[STEPS];
        for (int step = 0; step < STEPS; step++) {
            losses[step] = alone.step(point, (at, gradient) -> {
                double loss = Bowl.evaluate(0, 1, BATCH, FloatBuffer.wrap(at), FloatBuffer.wrap(gradient)) / BATCH;
                for (int i = 0; i < gradient.length; i++) {
                    gradient[i] /= BATCH;
                }

                return loss;
            });
        }

        assertTrue(losses[STEPS - 1] < losses[0] / 2, () -> "it must learn: " + Arrays.toString(losses));
        RangeContents[] actual = run(settings, 2, 3);
        LbfgsMemory<float[]> memory = alone.memory();
        double[] numbers = memory.numbers().stream().mapToDouble(d -> d).toArray();
        for (Range range : layout.trained()) {
            RangeContents contents = actual[range.index()];
            assertArrayEquals(part(point, range), contents.params(), range + " point");
            assertEquals(memory.vectors().size(), contents.slots().length);
            for (int i = 0; i < contents.slots().length; i++) {
                assertArrayEquals(part(memory.vectors().get(i), range), contents.slots()[i], range + " vector " + i);
            }

            assertArrayEquals(numbers, contents.scalars());
        }
    }

    private static float[] part(float[] flat, Range range) {
        return Arrays.copyOfRange(flat, range.start(), range.end());
    }

    @ParameterizedTest
    @MethodSource("settings")
    void neitherWorkersNorShardsChangeABit(Lbfgs settings) {
        RangeContents[] one = run(settings, 1, 1);
        assertSame(one, run(settings, 3, 2), "workers=3");
        assertSame(one, run(settings, 8, 8), "workers=8, one of them without examples");
    }

    @ParameterizedTest
    @MethodSource("settings")
    void stateThatIsSavedMidRunGoesOnInAnotherNumberOfShards(Lbfgs settings) {
        RangeContents[] saved = training(settings, 2, 3, Faults.NONE, 0).run(null, 1, 2);
        RangeContents[] resumed = training(settings, 2, 5, Faults.NONE, 0).run(saved, 3, STEPS);
        assertSame(run(settings, 2, 3), resumed, "shards=5");
    }

    @ParameterizedTest
    @MethodSource("settings")
    void faultsChangeNothing(Lbfgs settings) {
        RangeContents[] expected = run(settings, 3, 2);
        for (int seed : List.of(1, 2, 3, 4, 5)) {
            assertSame(expected, training(settings, 3, 2, SOME, seed).run(null, 1, STEPS), "seed=" + seed);
        }
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

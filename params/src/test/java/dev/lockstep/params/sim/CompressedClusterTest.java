package dev.lockstep.params.sim;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lockstep.optim.Adam;
import dev.lockstep.optim.Sgd;
import dev.lockstep.optim.schedule.NoSchedule;
import dev.lockstep.optim.update.NoClip;
import dev.lockstep.optim.update.NonFinite;
import dev.lockstep.optim.update.ParamGroup;
import dev.lockstep.optim.update.Regularization;
import dev.lockstep.optim.update.UpdateRule;
import dev.lockstep.params.Layout;
import dev.lockstep.params.PushedBytes;
import dev.lockstep.params.Segment;
import dev.lockstep.params.compress.Bf16;
import dev.lockstep.params.compress.Compression;
import dev.lockstep.params.compress.Fp16;
import dev.lockstep.params.compress.NoCompression;
import dev.lockstep.params.compress.Residual;
import dev.lockstep.params.compress.Threshold;
import dev.lockstep.params.compress.TopK;
import dev.lockstep.params.link.Faults;
import dev.lockstep.params.shard.ShardRule;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Gradients that cross between hosts in fewer words: through faults, from segment to segment, and in other places. */
class CompressedClusterTest {
    private static final int SEEDS = 60;
    private static final int BATCH = 7;
    private static final double LR = 0.5;
    private static final int[] HOSTS = {0, 1, 0, 1, 1};
    private static final Faults SOME = new Faults(0.03, 0.05, 0.05, 0.05, 3_000_000);
    private static final Layout LAYOUT = SimulatedRun.layout(2);

    static Stream<Compression> kinds() {
        return Stream.of(new Fp16(), new Bf16(), new TopK(0.05), new Threshold(0.1));
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void faultsChangeNothing(Compression kind) {
        SimulatedRun.Result expected = run(kind, HOSTS, Faults.NONE, 0);
        long dropped = 0;
        for (int seed = 0; seed < SEEDS; seed++) {
            SimulatedRun.Result actual = run(kind, HOSTS, SOME, seed);
            assertArrayEquals(expected.values(), actual.values(), "seed=" + seed);
            assertEquals(expected.losses(), actual.losses(), "seed=" + seed);
            dropped += actual.faults().dropped();
        }

        assertTrue(dropped > SEEDS * 5L, "faults must have occurred: dropped=" + dropped);
        assertFalse(
                Arrays.equals(run(new NoCompression(), HOSTS, Faults.NONE, 0).values(), expected.values()));
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void withinAHostNothingIsCompressed(Compression kind) {
        int[] one = new int[3];
        SimulatedRun.Result whole = run(new NoCompression(), one, Faults.NONE, 0);
        SimulatedRun.Result actual = run(kind, one, Faults.NONE, 0);
        assertArrayEquals(whole.values(), actual.values());
        assertEquals(PushedBytes.NONE, actual.pushed());
    }

    /** Two hosts have half of the shards each, so that each pushes half of its sum. */
    @Test
    void theBytesOfAStepAreCounted() {
        long half = 4L * LAYOUT.valueCount() / 2;
        PushedBytes whole = run(new NoCompression(), HOSTS, Faults.NONE, 0).pushed();
        assertEquals(2 * half, whole.whole(), 8 * 1024);
        assertEquals(whole.whole(), whole.sent());
        PushedBytes halves = run(new Fp16(), HOSTS, Faults.NONE, 0).pushed();
        assertEquals(whole.whole(), halves.whole());
        assertEquals(whole.whole() / 2.0, halves.sent(), 4 * LAYOUT.ranges().size());
        PushedBytes largest = run(new TopK(0.05), HOSTS, Faults.NONE, 0).pushed();
        assertEquals(whole.whole() * 0.1, largest.sent(), 8 * LAYOUT.ranges().size());
    }

    private static SimulatedRun.Result run(Compression kind, int[] hosts, Faults faults, long seed) {
        ShardRule rule = new ShardRule(weight -> weight, UpdateRule.of(new Adam()), kind);
        return new SimulatedRun(LAYOUT, rule, hosts, BATCH, faults, seed).run();
    }

    /** With plain gradient descent all that was ever given is in the parameters or is kept. */
    @ParameterizedTest
    @MethodSource("kinds")
    void whatIsLeftOutIsKept(Compression kind) {
        List<float[]> gradients = new ArrayList<>();
        try (SimulatedCluster cluster = cluster(kind, NonFinite.STOP, 0, 1)) {
            begin(cluster, new Segment(1, 1, 21, 100, 0));
            for (long step = 1; step <= 20; step++) {
                gradients.add(step(cluster, step, 2 + step % 3));
            }

            float[] start = Quadratic.start(LAYOUT.valueCount());
            List<Residual> kept = residuals(cluster);
            for (int i = 0; i < start.length; i++) {
                double expected = start[i];
                for (int step = 1; step <= 20; step++) {
                    expected -= LR * gradients.get(step - 1)[i] / (2.0 * (2 + step % 3));
                }

                double left = 0;
                for (Residual each : kept) {
                    left += LR * each.values()[i] / (2 * each.weight());
                }

                assertEquals(expected, cluster.workers().get(0).values().get(i) - left, 2e-5 * 20);
            }

            assertTrue(kept.get(0).weight() > 0 && kept.get(1).weight() > 0);
        }
    }

    /** A run that is cut goes on with the same bits in the same places, and loses nothing in others. */
    @ParameterizedTest
    @MethodSource("kinds")
    void aSegmentGoesOnWithWhatTheLastOneLeft(Compression kind) {
        float[] straight = values(kind, new int[] {0, 1, 1}, new int[] {0, 1, 1}, true);
        assertArrayEquals(straight, values(kind, new int[] {0, 1, 1}, new int[] {1, 0, 0}, false), "names of hosts");
        float[] one = values(kind, new int[] {0, 1, 1}, new int[3], false);
        float[] whole = values(new NoCompression(), new int[3], new int[3], true);
        // On one host the next step has all that was left out.
        assertArrayEquals(whole, one, 1e-4f);
    }

    /** Of steps that pull by constants. @param straight whether one segment has them all */
    private static float[] values(Compression kind, int[] first, int[] second, boolean straight) {
        List<Residual> kept;
        float[] values = Quadratic.start(LAYOUT.valueCount());
        try (SimulatedCluster cluster = cluster(kind, NonFinite.STOP, first)) {
            begin(cluster, new Segment(1, 1, straight ? 11 : 6, 100, 0));
            for (long step = 1; step <= (straight ? 10 : 5); step++) {
                step(cluster, step, 3);
            }

            cluster.workers().get(0).values().duplicate().rewind().get(values);
            kept = residuals(cluster);
        }

        if (!straight) {
            try (SimulatedCluster cluster =
                    new SimulatedCluster(LAYOUT, rule(kind, NonFinite.STOP), second, values, Faults.NONE, 0)) {
                begin(cluster, new Segment(1, 1, 6, 100, 0));
                cluster.workers().forEach(worker -> worker.agent().traffic().restore(kept.get(worker.index)));
                for (long step = 1; step <= 5; step++) {
                    constants(cluster, 5 + step);
                    push(cluster, step, 3, /* added */ 0);
                    over(cluster);
                }

                cluster.workers().get(0).values().duplicate().rewind().get(values);
            }
        }

        return values;
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void aGradientThatIsNotFiniteIsRefusedOnAnotherHost(Compression kind) {
        try (SimulatedCluster cluster = cluster(kind, NonFinite.STOP, 0, 1)) {
            begin(cluster, new Segment(1, 1, 9, 100, 0));
            push(cluster, 1, 3, Float.POSITIVE_INFINITY);
            cluster.until(() -> cluster.coordinator().failure().isPresent());
            String told = cluster.coordinator().failure().get().getMessage();
            assertTrue(told.contains("Gradient is not finite: step=1, parameter=0.weight"), told);
        }
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void aStepThatIsSkippedLeavesWhatWasKept(Compression kind) {
        float[][] values = new float[2][LAYOUT.valueCount()];
        for (int skipped = 0; skipped < 2; skipped++) {
            try (SimulatedCluster cluster = cluster(kind, NonFinite.SKIP, 0, 1)) {
                begin(cluster, new Segment(1, 1, 9, 100, 0));
                step(cluster, 1, 3);
                long next = 2;
                if (skipped == 1) {
                    push(cluster, next++, 3, Float.NaN);
                    over(cluster);
                }

                for (int i = 0; i < 3; i++) {
                    constants(cluster, 5 + i);
                    push(cluster, next + i, 3, 0);
                    over(cluster);
                }

                cluster.workers().get(0).values().duplicate().rewind().get(values[skipped]);
            }
        }

        assertArrayEquals(values[0], values[1]);
    }

    /** As an overflow of 16 bits is: which steps are skipped, and what the others come to, does not depend on luck. */
    @ParameterizedTest
    @MethodSource("allKinds")
    void skippedStepsAreTheSameForEverybodyWhateverIsLost(Compression kind) {
        float[] values = new float[LAYOUT.valueCount()];
        assertEquals(0, skipping(kind, Faults.NONE, 0, values));
        long dropped = 0;
        for (int seed = 1; seed <= SEEDS; seed++) {
            float[] actual = new float[values.length];
            dropped += skipping(kind, SOME, seed, actual);
            assertArrayEquals(values, actual, "seed=" + seed);
        }

        assertTrue(dropped > SEEDS, "faults must have occurred: dropped=" + dropped);
    }

    static Stream<Compression> allKinds() {
        return Stream.concat(Stream.of(new NoCompression()), kinds());
    }

    /** Eight steps of which two are skipped; returns how many frames were lost. */
    private static long skipping(Compression kind, Faults faults, long seed, float[] values) {
        float[] start = Quadratic.start(LAYOUT.valueCount());
        int[] hosts = {0, 1, 0, 1};
        try (SimulatedCluster cluster =
                new SimulatedCluster(LAYOUT, rule(kind, NonFinite.SKIP), hosts, start, faults, seed)) {
            begin(cluster, new Segment(1, 1, 9, 100, 0));
            for (long step = 1; step <= 8; step++) {
                boolean overflows = step == 3 || step == 6;
                constants(cluster, step);
                push(cluster, step, 3, overflows ? Float.POSITIVE_INFINITY : 0);
                over(cluster);
                for (SimulatedCluster.Worker worker : cluster.workers()) {
                    assertEquals(
                            overflows, worker.agent().traffic().trained().skipped(), "seed=" + seed + ", step=" + step);
                }
            }

            cluster.workers().get(0).values().duplicate().rewind().get(values);
            return cluster.transport().counts().dropped();
        }
    }

    private static ShardRule rule(Compression kind, NonFinite nonFinite) {
        UpdateRule update = new UpdateRule(
                List.of(new ParamGroup("*", new Sgd(LR))),
                Regularization.NONE,
                new NoClip(),
                new NoSchedule(),
                nonFinite);
        return new ShardRule(weight -> weight, update, kind);
    }

    private static SimulatedCluster cluster(Compression kind, NonFinite nonFinite, int... hosts) {
        float[] start = Quadratic.start(LAYOUT.valueCount());
        return new SimulatedCluster(LAYOUT, rule(kind, nonFinite), hosts, start, Faults.NONE, 0);
    }

    private static void begin(SimulatedCluster cluster, Segment segment) {
        cluster.begin(segment);
        cluster.workers().forEach(worker -> worker.agent().traffic().pull());
        cluster.until(() -> cluster.workers().stream()
                .allMatch(worker -> worker.agent().traffic().isFetched()));
    }

    /** Returns the sum of all gradients. @param weight of each worker's share */
    private static float[] step(SimulatedCluster cluster, long step, double weight) {
        float[] sum = constants(cluster, step);
        push(cluster, step, weight, /* added */ 0);
        over(cluster);
        return sum;
    }

    private static float[] constants(SimulatedCluster cluster, long step) {
        float[] sum = new float[LAYOUT.valueCount()];
        for (SimulatedCluster.Worker worker : cluster.workers()) {
            IntStream.range(0, sum.length).forEach(i -> {
                float slope = (float) Math.sin(step * 31 + i * 7L + worker.index * 3L);
                worker.gradient().put(i, slope);
                sum[i] += slope;
            });
        }

        return sum;
    }

    /** @param added to worker 1's gradient of one value */
    private static void push(SimulatedCluster cluster, long step, double weight, float added) {
        for (SimulatedCluster.Worker worker : cluster.workers()) {
            if (worker.index == 1) {
                worker.gradient().put(5, worker.gradient().get(5) + added);
            }

            worker.agent().traffic().begin(step, weight);
            for (int parameter = LAYOUT.parameters().size() - 1; parameter >= 0; parameter--) {
                worker.agent().traffic().ready(parameter);
            }
        }
    }

    private static void over(SimulatedCluster cluster) {
        cluster.until(() -> cluster.workers().stream()
                .allMatch(worker -> worker.agent().traffic().trained().isOver()));
    }

    private static List<Residual> residuals(SimulatedCluster cluster) {
        return cluster.workers().stream()
                .map(worker -> worker.agent().traffic().residual())
                .toList();
    }
}

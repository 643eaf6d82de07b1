package dev.lockstep.params.sim;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lockstep.optim.Adam;
import dev.lockstep.optim.Rows;
import dev.lockstep.optim.Slice;
import dev.lockstep.optim.SparseAdam;
import dev.lockstep.optim.schedule.NoSchedule;
import dev.lockstep.optim.update.ClipNorm;
import dev.lockstep.optim.update.NoClip;
import dev.lockstep.optim.update.NonFinite;
import dev.lockstep.optim.update.ParamGroup;
import dev.lockstep.optim.update.Regularization;
import dev.lockstep.optim.update.UpdateRule;
import dev.lockstep.params.Layout;
import dev.lockstep.params.Parameter;
import dev.lockstep.params.Segment;
import dev.lockstep.params.link.Faults;
import dev.lockstep.params.shard.RangeContents;
import dev.lockstep.params.shard.ShardRule;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Gradients of an embedding travel and are applied as rows; nobody can tell from the result how they travelled. */
class RowsOverShardsTest {
    private static final int STEPS = 9;
    private static final int BATCH = 5;
    private static final int SEEDS = 60;
    private static final Faults SOME = new Faults(0.03, 0.05, 0.05, 0.05, 3_000_000);
    private static final SparseAdam SPARSE = new SparseAdam(0.05);

    private static final List<ParamGroup> GROUPS =
            List.of(new ParamGroup("0.weight", SPARSE), new ParamGroup("*", new Adam(0.05)));
    private static final UpdateRule RULE = rule(NonFinite.STOP, 1e30);
    private static final UpdateRule CLIPPED = rule(NonFinite.SKIP, 0.5);

    private static UpdateRule rule(NonFinite nonFinite, double norm) {
        return new UpdateRule(GROUPS, Regularization.NONE, new ClipNorm(norm), new NoSchedule(), nonFinite);
    }

    private static TrainingOverShards training(UpdateRule rule, int workers, int shards, Faults faults) {
        Layout layout = Layout.of(Table.PARAMETERS, List.of(), shards, /* target */ 64);
        return new TrainingOverShards(layout, rule, new Table(), BATCH, workers, faults);
    }

    /** The optimizer alone on the rows of the whole batch. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 8})
    void workersAndShardsFollowOneProcessBitForBit(int workers) {
        UpdateRule rule = new UpdateRule(GROUPS, Regularization.NONE, new NoClip(), new NoSchedule(), NonFinite.STOP);
        RangeContents[] actual = training(rule, workers, 3, Faults.NONE).run(STEPS);

        float[] values = Quadratic.start(Table.ROWS * Table.WIDTH + 150);
        Slice table = slice(values, 0, Table.ROWS * Table.WIDTH);
        Slice dense = slice(values, Table.ROWS * Table.WIDTH, 150);
        for (int step = 1; step <= STEPS; step++) {
            FloatBuffer gradient = FloatBuffer.allocate(values.length);
            new Table().gradient(step, 0, 1, BATCH, FloatBuffer.wrap(values), gradient);
            float[] mean = gradient.array();
            for (int i = 0; i < mean.length; i++) {
                mean[i] /= BATCH;
            }

            Rows rows = new Rows(Table.WIDTH, new Table().rows(step, 0, 1, BATCH));
            SPARSE.updateRows(table, mean, rows, SPARSE.lr());
            new Adam(0.05).update(dense, mean, 0.05, new double[0]);
        }

        assertArrayEquals(Arrays.copyOf(values, Table.ROWS * Table.WIDTH), joined(actual, -1));
        for (int slot = 0; slot < 2; slot++) {
            float[] expected = Arrays.copyOf(table.slot(slot), Table.ROWS * Table.WIDTH);
            assertArrayEquals(expected, joined(actual, slot), "slot=" + slot);
        }
    }

    private static Slice slice(float[] values, int start, int count) {
        return new Slice(values, new float[2][values.length], new double[1], start, count);
    }

    /** The table as its ranges hold it: the parameters, or a slot. */
    private static float[] joined(RangeContents[] ranges, int slot) {
        FloatBuffer table = FloatBuffer.allocate(Table.ROWS * Table.WIDTH);
        for (RangeContents range : ranges) {
            if (table.hasRemaining()) {
                table.put(slot < 0 ? range.params() : range.slots()[slot]);
            }
        }

        return table.array();
    }

    @Test
    void faultsChangeNothing() {
        for (UpdateRule rule : List.of(RULE, CLIPPED)) {
            RangeContents[] expected = training(rule, 3, 1, Faults.NONE).run(STEPS);
            for (int seed = 0; seed < SEEDS; seed++) {
                TrainingOverShards training = training(rule, 3, 1 + seed % 4, SOME);
                assertSame(expected, training.run(null, 1, STEPS, seed), "seed=" + seed);
            }
        }
    }

    @Test
    void stateThatIsSavedMidRunGoesOnInAnotherNumberOfShards() {
        RangeContents[] straight = training(CLIPPED, 2, 3, Faults.NONE).run(STEPS);
        RangeContents[] saved = training(CLIPPED, 2, 3, Faults.NONE).run(4);
        assertSame(straight, training(CLIPPED, 2, 2, Faults.NONE).run(saved, 5, STEPS), "shards=2");
    }

    @Test
    void rangesOfATableAreWholeRows() {
        Layout layout = Layout.of(Table.PARAMETERS, List.of(), 2, 64);
        assertEquals(
                List.of(60, 60, 60, 60),
                layout.trained().stream()
                        .filter(range -> layout.rowWidth(range) == Table.WIDTH)
                        .map(range -> range.count())
                        .toList());
    }

    /**
     * A table of 100,000 × 64 at batch 32: what the step sends is what it touches, not 25.6 MB for each way of each
     * worker.
     */
    @Test
    void aStepSendsWhatItTouches() {
        Parameter table = new Parameter("0.weight", List.of(100_000, 64), /* sparse */ true);
        Layout layout = Layout.of(List.of(table), List.of(), 3);
        ShardRule rule = new ShardRule(weight -> weight, UpdateRule.of(SPARSE));
        try (SimulatedCluster cluster =
                new SimulatedCluster(layout, rule, 2, new float[layout.valueCount()], Faults.NONE, 0)) {
            cluster.begin(new Segment(1, 1, 3, 2, 0));
            long before = cluster.transport().counts().bytes();
            for (SimulatedCluster.Worker worker : cluster.workers()) {
                int[] rows = IntStream.range(0, 16)
                        .map(i -> 6_000 * i + worker.index)
                        .toArray();
                worker.agent().traffic().begin(1, 16);
                worker.agent().traffic().ready(0, rows);
            }

            cluster.until(() -> cluster.workers().stream()
                    .allMatch(worker -> worker.agent().traffic().trained().isOver()));
            long sent = cluster.transport().counts().bytes() - before;
            int rows = 2 * (16 + 32) * (64 + 1) * Float.BYTES;
            int ranges = layout.trained().size() * 4 * (40 + Float.BYTES);
            assertEquals(rows + ranges, sent, 2_000.0, "besides heartbeats");
        }
    }

    @Test
    void aSparseGradientWithoutItsRowsIsRefused() {
        Layout layout = Layout.of(Table.PARAMETERS, List.of(), 1, 64);
        ShardRule rule = new ShardRule(weight -> weight, RULE);
        try (SimulatedCluster cluster =
                new SimulatedCluster(layout, rule, 1, new float[layout.valueCount()], Faults.NONE, 0)) {
            cluster.begin(new Segment(1, 1, 3, 2, 0));
            cluster.workers().get(0).agent().traffic().begin(1, 1);
            String message = assertThrows(
                            IllegalStateException.class,
                            () -> cluster.workers().get(0).agent().traffic().ready(0))
                    .getMessage();
            assertTrue(message.endsWith("comes without its rows: parameter=0.weight"), message);
        }
    }

    private static void assertSame(RangeContents[] expected, RangeContents[] actual, String what) {
        assertEquals(expected.length, actual.length, what);
        for (int range = 0; range < expected.length; range++) {
            assertArrayEquals(expected[range].params(), actual[range].params(), what);
            assertArrayEquals(expected[range].slots(), actual[range].slots(), what);
            assertArrayEquals(expected[range].scalars(), actual[range].scalars(), what);
        }
    }
}

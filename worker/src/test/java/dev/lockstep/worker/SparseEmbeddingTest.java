package dev.lockstep.worker;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lockstep.losses.LossSum;
import dev.lockstep.worker.layer.Embedding;
import dev.lockstep.worker.layer.Flatten;
import dev.lockstep.worker.layer.Linear;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** An embedding says which rows a share names, and its gradient is the one that it would have if it were dense. */
class SparseEmbeddingTest {
    private static final int ROWS = 50;
    private static final int WIDTH = 4;

    /** Which rows were reported in each pass; null for a parameter without rows. */
    private static final class RowReports implements GradientSink {
        private final List<int[]> rows = new ArrayList<>();
        private final List<Integer> dense = new ArrayList<>();

        @Override
        public void started(LossSum loss) {}

        @Override
        public void ready(int parameter) {
            dense.add(parameter);
        }

        @Override
        public void ready(int parameter, int[] named) {
            assertEquals(0, parameter);
            rows.add(named);
        }
    }

    @Test
    void rowsAreReportedAndTheGradientIsTheDenseOne() {
        float[][] features = {{7, 3, 7, 49}, {0, 3, 1, 0}, {20, 20, 20, 20}};
        int[][] named = {{3, 7, 49}, {0, 1, 3}, {20}};
        try (Replica sparse = replica(true);
                Replica dense = replica(false)) {
            for (int step = 0; step < features.length; step++) {
                RowReports reports = new RowReports();
                LossSum loss = sparse.train(share(features[step]), 1, reports);
                assertEquals(dense.train(share(features[step]), 1, new Reports()), loss);
                assertEquals(1, reports.rows.size());
                assertArrayEquals(named[step], reports.rows.get(0), "step=" + step);
                assertEquals(
                        List.of(2, 1),
                        reports.dense.stream().sorted((a, b) -> b - a).toList());
                assertArrayEquals(array(dense.gradient()), array(sparse.gradient()), 1e-6f, "step=" + step);
            }
        }
    }

    @Test
    void aShareWithoutExamplesNamesNoRow() {
        try (Replica replica = replica(true)) {
            replica.train(share(7, 3, 7, 49), 1, new RowReports());
            RowReports reports = new RowReports();
            assertEquals(LossSum.NONE, replica.train(share(), 1, reports));
            assertArrayEquals(new int[0], reports.rows.get(0));
            assertArrayEquals(new float[replica.gradient().capacity()], array(replica.gradient()));
        }
    }

    /** As PyTorch refuses it. */
    @Test
    void scalingByFrequencyIsRefused() {
        String message = assertThrows(IllegalArgumentException.class, () -> new Embedding(6, 3, null, true, true))
                .getMessage();
        assertTrue(message.startsWith("scale_grad_by_freq does not go with a sparse gradient"), message);
    }

    @Test
    void anIndexThatIsNoRowIsRefusedWithItsPlace() {
        String where = ": layer=0 (embedding)";
        assertRefused("Index must be a whole number" + where + ", example=1, position=0, value=2.5", 3, 4, 2.5f, 7);
        assertRefused("Index must be a whole number" + where + ", example=0, position=1, value=NaN", 3, Float.NaN);
        String outside = "Index is outside the embedding" + where + ", num_embeddings=50";
        assertRefused(outside + ", example=2, position=1, value=50.0", 0, 49, 1, 2, 3, 50, 99, 0);
        assertRefused(outside + ", example=0, position=0, value=-1.0", -1, 0);
    }

    private static void assertRefused(String message, float... indices) {
        try (Replica replica = replica(false)) {
            Examples share = share(indices);
            assertEquals(
                    message,
                    assertThrows(IllegalArgumentException.class, () -> replica.predict(share))
                            .getMessage());
        }
    }

    private static Replica replica(boolean sparse) {
        NetworkSpec spec =
                new NetworkSpec(new Embedding(ROWS, WIDTH, null, false, sparse), new Flatten(), new Linear(2));
        Replica replica = new LayeredNetwork(spec, List.of(2)).replica(new SquaredError(), new ReplicaSettings());
        FloatBuffer values = replica.values();
        for (int i = 0; i < values.capacity(); i++) {
            values.put(i, (float) Math.sin(i));
        }

        return replica;
    }

    /** Two indices and two targets per example. */
    private static Examples share(float... indices) {
        int count = indices.length / 2;
        float[] targets = new float[indices.length];
        for (int i = 0; i < targets.length; i++) {
            targets[i] = i;
        }

        return new Examples(count, new float[][] {indices}, targets);
    }

    private static float[] array(FloatBuffer buffer) {
        float[] values = new float[buffer.capacity()];
        buffer.duplicate().rewind().get(values);
        return values;
    }
}

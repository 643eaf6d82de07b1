package dev.lockstep.optim.lbfgs;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import org.junit.jupiter.api.Test;

class LbfgsRunTest {
    private static final Lbfgs WOLFE = new Lbfgs(1, 5, null, 1e-9, 1e-12, 4, Lbfgs.LineSearch.STRONG_WOLFE);

    private static double[] start(int length) {
        return new Random(3).doubles(length, -1.5, 1.5).toArray();
    }

    /** Vectors that lie in pieces, as on shards: the numbers that come back are partial sums, added in order. */
    @Test
    void vectorsInPiecesGiveTheSamePath() {
        double[] whole = start(10);
        PiecedVectors vectors = new PiecedVectors(3, 2, 5);
        double[][] pieces = vectors.cut(whole);
        Rosenbrock valley = new Rosenbrock(1, 10);
        LbfgsRun<double[]> one = new LbfgsRun<>(WOLFE, new DoubleVectors(10));
        LbfgsRun<double[][]> many = new LbfgsRun<>(WOLFE, vectors);

        for (int step = 0; step < 12; step++) {
            one.step(whole, valley);
            many.step(pieces, vectors.objective(valley));
            assertArrayEquals(whole, vectors.join(pieces), 1e-7, "step=" + step);
        }

        assertEquals(1, whole[0], 1e-6);
        assertEquals(one.iterations(), many.iterations());
    }

    /** The history is limited, and so is what lies on the shards. */
    @Test
    void vectorsAreGivenBack() {
        PiecedVectors vectors = new PiecedVectors(3, 2, 5);
        double[][] pieces = vectors.cut(start(10));
        LbfgsRun<double[][]> run = new LbfgsRun<>(WOLFE, vectors);
        for (int step = 0; step < 30; step++) {
            run.step(pieces, vectors.objective(new Rosenbrock(1, 10)));
            assertTrue(vectors.held() <= 2 + 2 * WOLFE.historySize(), "step=" + step + ", held=" + vectors.held());
        }
    }

    @Test
    void aFlatStartStaysWhereItIs() {
        double[] point = {1, 1, 1};
        LbfgsRun<double[]> run = new LbfgsRun<>(WOLFE, new DoubleVectors(3));
        assertEquals(0, run.step(point, new Rosenbrock(1, 10)));
        assertArrayEquals(new double[] {1, 1, 1}, point);
        assertEquals(0, run.iterations());
        assertEquals(1, run.evaluations());
    }
}

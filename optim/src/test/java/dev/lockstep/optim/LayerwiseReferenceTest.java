package dev.lockstep.optim;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.Test;

/**
 * LARS, LAMB and Lion, of which PyTorch has no values, against their formulas in double precision, written from the
 * papers.
 */
class LayerwiseReferenceTest {
    private static final int COUNT = 203;
    private static final int STEPS = 12;
    private static final double LR = 0.05;
    private static final double DECAY = 0.02;
    private static final double BETA1 = 0.8;
    private static final double BETA2 = 0.95;

    /** Parameters and up to two moments, in double. */
    private static final class State {
        final double[] w = new double[COUNT];
        final double[] m = new double[COUNT];
        final double[] v = new double[COUNT];
        int step;
    }

    private static double norm(double[] x) {
        double sum = 0;
        for (double value : x) {
            sum += value * value;
        }

        return Math.sqrt(sum);
    }

    private static void lars(State s, double[] g, boolean nesterov) {
        double trust = 0.01 * norm(s.w) / (norm(g) + DECAY * norm(s.w) + 1e-8);
        for (int i = 0; i < COUNT; i++) {
            double d = trust * (g[i] + DECAY * s.w[i]);
            s.m[i] = 0.9 * s.m[i] + d;
            s.w[i] -= LR * (nesterov ? d + 0.9 * s.m[i] : s.m[i]);
        }
    }

    private static void lamb(State s, double[] g) {
        s.step++;
        double[] r = new double[COUNT];
        for (int i = 0; i < COUNT; i++) {
            s.m[i] = BETA1 * s.m[i] + (1 - BETA1) * g[i];
            s.v[i] = BETA2 * s.v[i] + (1 - BETA2) * g[i] * g[i];
            double mean = s.m[i] / (1 - Math.pow(BETA1, s.step));
            double square = s.v[i] / (1 - Math.pow(BETA2, s.step));
            r[i] = mean / (Math.sqrt(square) + 1e-6) + DECAY * s.w[i];
        }

        double trust = norm(s.w) / norm(r);
        for (int i = 0; i < COUNT; i++) {
            s.w[i] -= LR * trust * r[i];
        }
    }

    private static void lion(State s, double[] g) {
        for (int i = 0; i < COUNT; i++) {
            double c = BETA1 * s.m[i] + (1 - BETA1) * g[i];
            s.w[i] -= LR * (Math.signum(c) + DECAY * s.w[i]);
            s.m[i] = BETA2 * s.m[i] + (1 - BETA2) * g[i];
        }
    }

    private static void assertFollows(Optimizer optimizer, BiConsumer<State, double[]> reference) {
        Random random = new Random(5);
        State state = new State();
        float[] values = new float[COUNT];
        for (int i = 0; i < COUNT; i++) {
            values[i] = (float) random.nextGaussian();
            state.w[i] = values[i];
        }

        OptimizerRun run = new OptimizerRun(optimizer, values, 0, COUNT);
        for (int step = 1; step <= STEPS; step++) {
            float[] gradient = new float[COUNT];
            double[] exact = new double[COUNT];
            for (int i = 0; i < COUNT; i++) {
                gradient[i] = (float) random.nextGaussian();
                exact[i] = gradient[i];
            }

            run.step(gradient);
            reference.accept(state, exact);
            for (int i = 0; i < COUNT; i++) {
                double gap = Golden.distance(state.w[i], run.params()[i]);
                assertTrue(gap <= 2e-7 * step, "step=" + step + ", index=" + i + ", gap=" + gap);
            }
        }
    }

    @Test
    void larsFollowsItsFormula() {
        assertFollows(new Lars(LR, 0.9, DECAY, false, 0.01, 1e-8, true, false), (s, g) -> lars(s, g, false));
        assertFollows(new Lars(LR, 0.9, DECAY, true, 0.01, 1e-8, true, false), (s, g) -> lars(s, g, true));
    }

    @Test
    void lambFollowsItsFormula() {
        assertFollows(new Lamb(LR, new Betas(BETA1, BETA2), 1e-6, DECAY, true, false), LayerwiseReferenceTest::lamb);
    }

    @Test
    void lionFollowsItsFormula() {
        assertFollows(new Lion(LR, new Betas(BETA1, BETA2), DECAY, false), LayerwiseReferenceTest::lion);
    }

    @Test
    void withoutAdaptingLarsIsSgd() {
        OptimizerRun lars =
                new OptimizerRun(new Lars(LR, 0.9, DECAY, true, 0.01, 1e-8, false, false), new float[] {1, 2, 3}, 0, 3);
        OptimizerRun sgd = new OptimizerRun(new Sgd(LR, 0.9, 0, DECAY, true, false), new float[] {1, 2, 3}, 0, 3);
        for (int step = 0; step < 3; step++) {
            lars.step(new float[] {1, -1, 2});
            sgd.step(new float[] {1, -1, 2});
        }

        assertArrayEquals(sgd.params(), lars.params());
    }

    /** A tensor of zeros, as a fresh bias, must be able to leave zero. */
    @Test
    void aTensorOfZerosMovesWithoutTrust() {
        for (Optimizer optimizer : new Optimizer[] {new Lars(LR), new Lamb()}) {
            OptimizerRun run = new OptimizerRun(optimizer, new float[COUNT], 0, COUNT);
            float[] gradient = new float[COUNT];
            gradient[7] = 1;
            run.step(gradient);
            assertTrue(run.params()[7] < 0, optimizer.toString());
        }
    }
}

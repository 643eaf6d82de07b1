package dev.lockstep.optim;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What every optimizer must do. A new one joins by one line in {@link #optimizers}. */
class OptimizerContractTest {
    private static final int COUNT = 1003;
    private static final int STEPS = 7;
    private static final Betas BETAS = new Betas(0.8, 0.95);

    static Stream<Named<Optimizer>> optimizers() {
        return Stream.of(
                        new Sgd(0.1),
                        new Sgd(0.1, 0.9, 0.2, 0.01, false, false),
                        new Sgd(0.1, 0.9, 0, 0.01, true, false),
                        new Adam(),
                        new Adam(0.01, BETAS, 1e-8, 0.01, true, false),
                        new AdamW(),
                        new AdamW(0.01, BETAS, 1e-8, 0.1, true, false),
                        new Adagrad(0.1, 0.05, 0.01, 0.25, 1e-10, false),
                        new RmsProp(),
                        new RmsProp(0.01, 0.9, 1e-8, 0.01, 0.9, false, false),
                        new RmsProp(0.01, 0.9, 1e-8, 0.01, 0, true, false),
                        new RmsProp(0.01, 0.9, 1e-8, 0.01, 0.9, true, false),
                        new Adadelta(1, 0.9, 1e-3, 0.01, false),
                        new NAdam(),
                        new NAdam(0.01, BETAS, 1e-8, 0.01, 0.004, true, false),
                        new RAdam(0.01, BETAS, 1e-8, 0.01, false, false),
                        new RAdam(0.01, BETAS, 1e-8, 0.01, true, false),
                        new Adamax(0.01, BETAS, 1e-8, 0.01, false),
                        new SparseAdam(0.01, BETAS, 1e-8, false),
                        new Asgd(0.1, 0.05, 0.75, 3, 0.01, false),
                        new Rprop(),
                        new Lars(0.1),
                        new Lars(0.1, 0, 0.01, false, 0.01, 1e-8, true, false),
                        new Lars(0.1, 0.9, 0.01, true, 0.01, 1e-8, true, false),
                        new Lars(0.1, 0.9, 0.01, true, 0.01, 1e-8, false, false),
                        new Lamb(0.01, BETAS, 1e-6, 0.01, true, false),
                        new Lamb(0.01, BETAS, 1e-6, 0.01, false, false),
                        new Lion(0.01, BETAS, 0.01, false))
                .map(optimizer -> Named.of(optimizer.toString(), optimizer));
    }

    /** A gradient per step, with the zeros that embeddings and dead units have. */
    private static float[][] gradients() {
        Random random = new Random(2);
        float[][] gradients = new float[STEPS][COUNT];
        for (float[] gradient : gradients) {
            for (int i = 0; i < COUNT; i++) {
                gradient[i] = i % 11 == 0 ? 0 : (float) random.nextGaussian();
            }
        }

        return gradients;
    }

    private static float[] values() {
        Random random = new Random(1);
        float[] values = new float[COUNT];
        for (int i = 0; i < COUNT; i++) {
            values[i] = (float) random.nextGaussian();
        }

        return values;
    }

    private static OptimizerRun run(Optimizer optimizer) {
        OptimizerRun run = new OptimizerRun(optimizer, values(), 0, COUNT);
        for (float[] gradient : gradients()) {
            run.step(gradient);
        }

        return run;
    }

    private static void assertSame(OptimizerRun expected, OptimizerRun actual) {
        assertArrayEquals(expected.params(), actual.params());
        assertArrayEquals(expected.slots(), actual.slots());
        assertArrayEquals(expected.scalars(), actual.scalars());
    }

    @Test
    void allOptimizersOfTheCatalogueAreHere() {
        Set<Class<?>> here =
                optimizers().map(named -> named.getPayload().getClass()).collect(Collectors.toSet());
        assertEquals(new HashSet<>(Optimizers.byName().values()), here);
    }

    @ParameterizedTest
    @MethodSource("optimizers")
    void twoRunsAreBitEqual(Optimizer optimizer) {
        OptimizerRun run = run(optimizer);
        assertSame(run, run(optimizer));
        assertFalse(Arrays.equals(values(), run.params()));
    }

    @ParameterizedTest
    @MethodSource("optimizers")
    void cuttingASliceInTwoChangesNothing(Optimizer optimizer) {
        int cut = 397;
        OptimizerRun whole = new OptimizerRun(optimizer, values(), 0, COUNT);
        OptimizerRun halves = new OptimizerRun(optimizer, values(), 0, cut, COUNT);
        for (float[] gradient : gradients()) {
            double[] sums = whole.sums(gradient, 0, cut, COUNT);
            assertArrayEquals(sums, halves.sums(gradient, 0, cut, COUNT));
            whole.step(gradient, optimizer.lr(), sums);
            halves.step(gradient, optimizer.lr(), sums);
            assertSame(whole, halves);
        }
    }

    @ParameterizedTest
    @MethodSource("optimizers")
    void partialSumsAddUpToTheWhole(Optimizer optimizer) {
        OptimizerRun run = run(optimizer);
        float[] gradient = gradients()[0];
        assertArrayEquals(run.sums(gradient, 0, COUNT), run.sums(gradient, 0, 5, 397, COUNT), 1e-12 * COUNT);
    }

    @ParameterizedTest
    @MethodSource("optimizers")
    void measuringChangesNothing(Optimizer optimizer) {
        OptimizerRun measured = new OptimizerRun(optimizer, values(), 0, COUNT);
        for (float[] gradient : gradients()) {
            double[] sums = measured.sums(gradient, 0, COUNT);
            assertArrayEquals(sums, measured.sums(gradient, 0, COUNT));
            measured.step(gradient, optimizer.lr(), sums);
        }

        assertSame(run(optimizer), measured);
    }

    @ParameterizedTest
    @MethodSource("optimizers")
    void valuesOutsideItsSliceStayAsTheyAre(Optimizer optimizer) {
        OptimizerRun run = new OptimizerRun(optimizer, values(), 100, 200);
        for (float[] gradient : gradients()) {
            run.step(gradient);
        }

        assertArrayEquals(Arrays.copyOf(values(), 100), Arrays.copyOf(run.params(), 100));
        assertArrayEquals(Arrays.copyOfRange(values(), 200, COUNT), Arrays.copyOfRange(run.params(), 200, COUNT));
        for (float[] slot : run.slots()) {
            assertArrayEquals(new float[100], Arrays.copyOf(slot, 100));
            assertArrayEquals(new float[COUNT - 200], Arrays.copyOfRange(slot, 200, COUNT));
        }
    }

    @ParameterizedTest
    @MethodSource("optimizers")
    void maximizingIsMinimizingTheNegative(Optimizer optimizer) {
        Optimizer climbing = with(optimizer, "maximize", true);
        OptimizerRun up = new OptimizerRun(climbing, values(), 0, COUNT);
        for (float[] gradient : gradients()) {
            float[] negative = new float[COUNT];
            for (int i = 0; i < COUNT; i++) {
                negative[i] = -gradient[i];
            }

            up.step(negative);
        }

        assertSame(run(optimizer), up);
    }

    @ParameterizedTest
    @MethodSource("optimizers")
    void settingsSurviveSerialization(Optimizer optimizer) throws IOException, ClassNotFoundException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(optimizer);
        }
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
            assertEquals(optimizer, in.readObject());
        }
    }

    /** f = Σ(w − 1)²/2: every optimizer comes closer to its least value. */
    @ParameterizedTest
    @MethodSource("optimizers")
    void aBowlIsDescended(Optimizer optimizer) {
        OptimizerRun run = new OptimizerRun(optimizer, values(), 0, COUNT);
        double before = height(run.params());
        for (int step = 0; step < 50; step++) {
            float[] gradient = new float[COUNT];
            for (int i = 0; i < COUNT; i++) {
                gradient[i] = run.params()[i] - 1;
            }

            run.step(gradient);
        }

        assertTrue(height(run.params()) < before, "before=" + before + ", after=" + height(run.params()));
    }

    private static double height(float[] params) {
        double height = 0;
        for (float w : params) {
            height += (w - 1.0) * (w - 1.0) / 2;
        }

        return height;
    }

    @ParameterizedTest
    @MethodSource("optimizers")
    void nanInTheGradientShowsInTheParameters(Optimizer optimizer) {
        OptimizerRun run = new OptimizerRun(optimizer, values(), 0, COUNT);
        float[] gradient = gradients()[0].clone();
        gradient[500] = Float.NaN;
        run.step(gradient);
        assertTrue(Float.isNaN(run.params()[500]));
    }

    @ParameterizedTest
    @MethodSource("optimizers")
    void namesOfItsStateDiffer(Optimizer optimizer) {
        long names = Stream.concat(optimizer.slots().stream(), optimizer.scalars().stream())
                .distinct()
                .count();
        assertEquals(optimizer.slots().size() + optimizer.scalars().size(), names);
    }

    private static Optimizer with(Optimizer optimizer, String component, boolean value) {
        Optimizer changed = RecordBinder.with(
                optimizer, new ObjectMapper().createObjectNode().put(component, value));
        assertNotEquals(optimizer, changed);
        return changed;
    }
}

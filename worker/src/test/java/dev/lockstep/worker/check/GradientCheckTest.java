package dev.lockstep.worker.check;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lockstep.worker.check.TensorCheck.Outcome;
import java.util.List;
import java.util.Random;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;

class GradientCheckTest {
    private static final GradientCheck CHECK = new GradientCheck(10, 1e-5, 1);

    @Test
    void agreesWithARightDerivativeAtAnyScale() {
        for (double scale : new double[] {1e-6, 1, 1e6}) {
            TensorCheck check = only(x -> scale * Math.sin(x), x -> scale * Math.cos(x), drawn(20));
            assertEquals(Outcome.RIGHT, check.outcome(), check::toString);
            assertEquals(10, check.tried());
            assertTrue(check.error() < 1e-5, check::toString);
        }
    }

    @Test
    void findsADerivativeThatIsATenThousandthOff() {
        TensorCheck check = only(Math::sin, x -> 1.0001 * Math.cos(x), drawn(20));
        assertEquals(Outcome.WRONG, check.outcome());
        assertEquals(1e-4, check.error(), 1e-6);
        assertEquals(check.slope() * 1.0001, check.gradient(), 1e-6);
    }

    @Test
    void findsADerivativeThatIsMissing() {
        TensorCheck check = only(Math::sin, x -> 0, drawn(20));
        assertEquals(Outcome.WRONG, check.outcome());
        assertEquals(1, check.error());
    }

    @Test
    void findsADerivativeThatIsNotFinite() {
        assertEquals(Outcome.WRONG, only(Math::sin, x -> Double.NaN, drawn(20)).outcome());
    }

    @Test
    void findsTheOneOfAFewValuesThatIsWrong() {
        double[] values = {0.3, 0.6, 0.9, 1.2};
        TensorCheck check = only(Math::sin, x -> x > 1 ? 0 : Math.cos(x), values);
        assertEquals(Outcome.WRONG, check.outcome());
        assertEquals(3, check.worst());
        assertEquals(4, check.tried());
    }

    @Test
    void aCornerIsNotTakenForAMistake() {
        // The slope of |x| at 0 is said to be 0, as libtorch says; at 0 alone, which no value stays at.
        TensorCheck check = only(Math::abs, Math::signum, new double[20]);
        assertEquals(Outcome.RIGHT, check.outcome(), check::toString);
    }

    @Test
    void cornersEverywhereAreSaidToBeCorners() {
        TensorCheck check = CHECK.run(new Ridges(drawn(50)), done -> {}).get(0);
        assertEquals(Outcome.CORNERS, check.outcome(), check::toString);
        assertEquals(40, check.corners(), "it gives up after four times as many draws as values");
    }

    @Test
    void nothingAtAllIsFlat() {
        TensorCheck check = only(x -> 5, x -> 1e-20, drawn(20));
        assertEquals(Outcome.FLAT, check.outcome(), check::toString);
        assertEquals(0, check.error());
    }

    @Test
    void findsValuesWithAGradientAmongMany() {
        // As of an embedding, of which a batch names few rows.
        double[] values = drawn(10_000);
        double edge = 2.9;
        TensorCheck check = only(x -> x > edge ? x * x : 0, x -> x > edge ? 3 * x : 0, values);
        assertEquals(Outcome.WRONG, check.outcome(), check::toString);
    }

    @Test
    void refusesALossThatIsNotFiniteOrNotTheSameTwice() {
        ArithmeticException notFinite =
                assertThrows(ArithmeticException.class, () -> only(x -> Double.NaN, x -> 0, drawn(3)));
        assertEquals("Loss is not finite: sum=NaN", notFinite.getMessage());
        Random random = new Random(1);
        IllegalArgumentException notSteady =
                assertThrows(IllegalArgumentException.class, () -> only(x -> random.nextDouble(), x -> 0, drawn(3)));
        assertTrue(notSteady.getMessage().startsWith("Loss is not the same twice"), notSteady.getMessage());
    }

    private static TensorCheck only(DoubleUnaryOperator value, DoubleUnaryOperator slope, double[] values) {
        List<TensorCheck> checks = CHECK.run(new Curve(values, value, slope), done -> {});
        assertEquals(1, checks.size());
        return checks.get(0);
    }

    private static double[] drawn(int count) {
        return new Random(2).doubles(count, -3, 3).toArray();
    }

    /** {@code Σ |wᵢ − pᵢ|} with its corners at the very place where the check begins to look. */
    private static final class Ridges extends Curve {
        private double[] peaks;

        Ridges(double[] values) {
            super(values, x -> 0, x -> 1);
        }

        @Override
        public double loss() {
            double[] w = values().array();
            peaks = peaks == null ? w.clone() : peaks;
            double sum = 0;
            for (int i = 0; i < w.length; i++) {
                sum += Math.abs(w[i] - peaks[i]);
            }

            return sum;
        }
    }
}

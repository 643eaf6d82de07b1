package dev.lockstep.losses;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import org.junit.jupiter.api.Test;

/** Elementary functions of many numbers, against those of the JDK. */
class FunctionsTest {
    private static final int COUNT = 200_000;

    @Test
    void logIsExactToAFewUnitsInTheLastPlace() {
        Random random = new Random(1);
        double[] x = new double[COUNT];
        for (int i = 0; i < COUNT; i++) {
            x[i] = i % 2 == 0 ? 2 * random.nextDouble() : Math.exp(1400 * random.nextDouble() - 700);
        }
        Logarithms logarithm = new Logarithms(COUNT);
        logarithm.compute(x, COUNT);
        for (int i = 0; i < COUNT; i++) {
            assertWithinUlps(StrictMath.log(x[i]), logarithm.logs[i], "log " + x[i]);
        }
    }

    @Test
    void logOfOnePlusKeepsTheDigitsOfSmallNumbers() {
        Random random = new Random(2);
        for (int i = 0; i < COUNT; i++) {
            double e = i % 2 == 0 ? random.nextDouble() : Math.exp(-700 * random.nextDouble());
            assertWithinUlps(StrictMath.log1p(e), Logarithms.ofOnePlus(e), "log 1 + " + e);
        }
        assertEquals(0, Logarithms.ofOnePlus(0));
        assertEquals(Math.log(2), Logarithms.ofOnePlus(1));
        assertTrue(Double.isNaN(Logarithms.ofOnePlus(Double.NaN)));
    }

    private static void assertWithinUlps(double expected, double actual, String what) {
        double error = Math.abs(actual - expected) / Math.ulp(expected);
        assertTrue(error <= 4, what + ": error=" + error + " ulp");
    }

    @Test
    void unusualNumbersAreThoseOfMath() {
        double[] x = {
            0,
            -0.0,
            -1,
            -Double.MIN_VALUE,
            Double.NaN,
            -Double.NaN,
            1.0 / 0,
            -1.0 / 0,
            Double.MIN_VALUE,
            1e-310,
            1,
            Double.MIN_NORMAL,
            Double.MAX_VALUE,
            -Double.MAX_VALUE,
            Double.longBitsToDouble(-1)
        };
        double[] expected = new double[x.length];
        for (int i = 0; i < x.length; i++) {
            expected[i] = Math.log(x[i]);
            Logarithms alone = new Logarithms(1);
            alone.compute(new double[] {x[i]}, 1);
            assertEquals(expected[i], alone.logs[0], 1e-13, "log " + x[i]);
        }
        Logarithms together = new Logarithms(x.length);
        together.compute(x, x.length);
        assertArrayEquals(expected, together.logs, 1e-13);
    }

    @Test
    void sigmoidsAndSoftplusNeitherOverflowNorLoseDigits() {
        double[] z = {0, 1, -1, 40, -40, 699, 710, -710, 1e4, -1e4, 1.0 / 0, -1.0 / 0};
        Logistic logistic = new Logistic(z.length);
        logistic.compute(z, z.length);
        for (int i = 0; i < z.length; i++) {
            double e = Math.exp(-Math.abs(z[i]));
            assertEquals((z[i] > 0 ? 1 : e) / (1 + e), logistic.sigmoid[i], 1e-15 * logistic.sigmoid[i] + 1e-300);
            assertEquals((z[i] > 0 ? e : 1) / (1 + e), logistic.opposite[i], 1e-15 * logistic.opposite[i] + 1e-300);
            assertEquals(Math.log1p(e), logistic.log[i], 1e-15 * e + 1e-300);
        }
    }

    @Test
    void expIsExactToAFewUnitsInTheLastPlaceAndThatOfMathAtTheEnds() {
        Random random = new Random(3);
        double[] x = new double[COUNT];
        for (int i = 0; i < COUNT; i++) {
            x[i] = i % 2 == 0 ? random.nextGaussian() : 1500 * random.nextDouble() - 750;
        }
        double[] ends = {0, -0.0, 1e-300, 708, -708, 709.7, 710, -745, -746, 1.0 / 0, -1.0 / 0, Double.NaN};
        System.arraycopy(ends, 0, x, 0, ends.length);
        Exponentials exponential = new Exponentials(COUNT);
        exponential.compute(x, COUNT);
        for (int i = 0; i < COUNT; i++) {
            double expected = StrictMath.exp(x[i]);
            if (expected != exponential.exps[i] && !Double.isNaN(expected)) {
                assertWithinUlps(expected, exponential.exps[i], "exp " + x[i]);
            }
            assertEquals(Double.isNaN(expected), Double.isNaN(exponential.exps[i]));
        }
    }

    @Test
    void stepsAreZeroOneOrNan() {
        double[] z = {Double.NEGATIVE_INFINITY, -1e-320, -0.0, 0, Double.MIN_VALUE, 0.5, 7, Double.POSITIVE_INFINITY};
        double[] above = {0, 0, 0, 0, 1, 1, 1, 1};
        double[] notBelow = {0, 0, 1, 1, 1, 1, 1, 1};
        for (int i = 0; i < z.length; i++) {
            assertEquals(above[i], Comparisons.above(z[i]), "z=" + z[i]);
            assertEquals(notBelow[i], Comparisons.notBelow(z[i]), "z=" + z[i]);
        }
        assertTrue(Double.isNaN(Comparisons.above(Double.NaN)));
    }
}

package dev.lockstep.dl4j;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import org.nd4j.linalg.api.ndarray.INDArray;

/** How far two ways to add the same float32 numbers may lie apart. */
final class Rounding {
    private static final int ROUNDINGS = 10;

    private Rounding() {}

    /** Within ten roundings of the largest value, at each. */
    static void assertSame(String what, INDArray expected, INDArray actual) {
        double largest = Math.max(1, expected.amaxNumber().doubleValue());
        double tolerance = ROUNDINGS * Math.ulp((float) largest);
        INDArray off = expected.sub(actual.reshape(expected.shape()));
        assertEquals(0, off.amaxNumber().doubleValue(), tolerance, what);
    }

    /** ND4J's own equality takes what lies within 1e-5 for the same. */
    static void assertSameBits(String what, INDArray expected, INDArray actual) {
        assertArrayEquals(
                expected.dup('c').data().asFloat(), actual.dup('c').data().asFloat(), what);
    }
}

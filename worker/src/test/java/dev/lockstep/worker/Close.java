package dev.lockstep.worker;

import static org.junit.jupiter.api.Assertions.assertEquals;

/** Compares as the golden files' README says: |a − b| ≤ tolerance · max(1, |b|), and what is not finite exactly. */
final class Close {
    private Close() {}

    static void assertClose(double[] expected, double[] actual, double tolerance, String what) {
        assertEquals(expected.length, actual.length, what);
        for (int i = 0; i < expected.length; i++) {
            boolean same = Double.compare(expected[i] + 0.0, actual[i] + 0.0) == 0;
            if (!same && !(Math.abs(expected[i] - actual[i]) <= tolerance * Math.max(1, Math.abs(expected[i])))) {
                assertEquals(expected[i], actual[i], what + "[" + i + "]");
            }
        }
    }
}

package dev.lockstep.params.init;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class TruncNormalTest {
    /**
     * Beyond 9σ PyTorch's Φ is 1 and all its values are equal. There the tail is nearly exponential with mean 1/9 less
     * a little.
     */
    @Test
    void farTailsKeepTheirShape() {
        float[] values = new float[10_000];
        new TruncNormal(0, 1, 9, 100).fill(List.of(100, 100), Draws.of(1, "tail"), values);
        double sum = 0;
        for (float value : values) {
            assertTrue(value >= 9);
            sum += value - 9;
        }
        assertEquals(0.1086, sum / values.length, 0.005);
    }

    @Test
    void upperAndLowerTailMirrorEachOther() {
        float[] upper = new float[100];
        float[] lower = new float[100];
        new TruncNormal(1, 2, 3, 9).fill(List.of(100), Draws.of(1, "tail"), upper);
        new TruncNormal(1, 2, -7, -1).fill(List.of(100), Draws.of(1, "tail"), lower);
        for (int i = 0; i < upper.length; i++) {
            assertEquals(upper[i] - 1, 1 - lower[i], 1e-6);
        }
    }

    @Test
    void refusesAnIntervalWithoutShare() {
        var refused = assertThrows(IllegalArgumentException.class, () -> new TruncNormal(0, 1, 50, 60));
        assertEquals(
                "The interval holds nothing of the distribution: mean=0.0, std=1.0, a=50.0, b=60.0",
                refused.getMessage());
    }

    @Test
    void refusesAnEmptyInterval() {
        var refused = assertThrows(IllegalArgumentException.class, () -> new TruncNormal(0, 1, 2, -2));
        assertEquals("a must be below b: a=2.0, b=-2.0", refused.getMessage());
    }
}

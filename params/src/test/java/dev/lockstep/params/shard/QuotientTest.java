package dev.lockstep.params.shard;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class QuotientTest {
    private static final float[] DIVIDENDS = {
        0, -0f, 1, -3.3f, 1e38f, -1e38f, 1e-38f, 1.17549449e-38f, 3e-45f, -Float.MIN_VALUE, Float.MAX_VALUE
    };

    @ParameterizedTest
    @ValueSource(floats = {1, 2, 256, 0.25f, -8, 3, 100, 0x1p127f, 0x1p-126f, 0x1p-149f, 1e-40f, 1e38f})
    void isTheQuotientBitForBit(float by) {
        float[] values = DIVIDENDS.clone();
        Quotient.replace(values, by);
        for (int i = 0; i < values.length; i++) {
            assertEquals(DIVIDENDS[i] / by, values[i], DIVIDENDS[i] + " / " + by);
        }
    }

    @ParameterizedTest
    @ValueSource(floats = {0, Float.POSITIVE_INFINITY, Float.NaN})
    void noDivisorIsTakenForAnother(float by) {
        float[] values = {1, -1, 0, Float.POSITIVE_INFINITY};
        float[] dividends = values.clone();
        Quotient.replace(values, by);
        for (int i = 0; i < values.length; i++) {
            assertEquals(dividends[i] / by, values[i], dividends[i] + " / " + by);
        }
    }
}

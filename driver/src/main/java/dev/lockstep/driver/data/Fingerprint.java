package dev.lockstep.driver.data;

import dev.lockstep.worker.Examples;

/**
 * A number by which rows are told from others, values and order, however they are cut into blocks.
 *
 * <pre>
 *   h(r₀ … rₙ₋₁) = Σ h(rᵢ) Bⁿ⁻¹⁻ⁱ mod 2⁶⁴,   so that   h(a b) = h(a) Bⁿ + h(b)  with n rows in b
 * </pre>
 */
final class Fingerprint {
    private static final long BASE = 0x9E3779B97F4A7C15L;
    private static final long VALUE_BASE = 0xD6E8FEB86659FD93L;

    private Fingerprint() {}

    static long of(Examples rows) {
        long hash = 0;
        for (int row = 0; row < rows.count(); row++) {
            long own = 1;
            for (float[] group : rows.features()) {
                own = values(own, group, row, rows.count());
            }
            own = values(own, rows.targets(), row, rows.count());
            own = rows.weights() == null ? own : values(own, rows.weights(), row, rows.count());
            hash = hash * BASE + (own ^ own >>> 32);
        }
        return hash;
    }

    private static long values(long start, float[] values, int row, int rows) {
        int width = values.length / rows;
        long hash = start;
        for (int i = row * width; i < (row + 1) * width; i++) {
            hash = (hash ^ Float.floatToIntBits(values[i])) * VALUE_BASE;
        }
        return hash;
    }

    /** Of rows that are followed by {@code count} others. */
    static long joined(long first, long others, int count) {
        long power = 1;
        for (int i = 0; i < count; i++) {
            power *= BASE;
        }
        return first * power + others;
    }
}

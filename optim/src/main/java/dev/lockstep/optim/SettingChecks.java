package dev.lockstep.optim;

/** Checks of settings, made once where a record is built. Each message states the rule and the value. */
public final class SettingChecks {
    private SettingChecks() {}

    /** Refuses what is negative, infinite or NaN. */
    public static void requireAtLeastZero(String name, double value) {
        require(value >= 0 && value < Double.POSITIVE_INFINITY, name, "must be finite and at least 0", value);
    }

    /** Refuses what is not above 0, infinite or NaN. */
    public static void requirePositive(String name, double value) {
        require(value > 0 && value < Double.POSITIVE_INFINITY, name, "must be finite and above 0", value);
    }

    /** Refuses what is not above 0, or NaN; infinity is allowed. */
    public static void requirePositiveOrInfinite(String name, double value) {
        require(value > 0, name, "must be above 0", value);
    }

    /** Refuses infinity and NaN. */
    public static void requireFinite(String name, double value) {
        require(Double.isFinite(value), name, "must be finite", value);
    }

    /** The share of an old mean that is kept: [0, 1), because 1 would never take in anything. */
    public static void requireDecay(String name, double value) {
        require(value >= 0 && value < 1, name, "must be at least 0 and below 1", value);
    }

    /** Refuses what is outside [0, 1]. */
    public static void requireShare(String name, double value) {
        require(value >= 0 && value <= 1, name, "must be between 0 and 1", value);
    }

    /** Refuses a count below {@code least}. */
    public static void requireAtLeast(String name, long value, long least) {
        if (value < least) {
            throw new IllegalArgumentException(name + " must be at least " + least + ": " + name + "=" + value);
        }
    }

    private static void require(boolean holds, String name, String rule, double value) {
        if (!holds) {
            throw new IllegalArgumentException(name + " " + rule + ": " + name + "=" + value);
        }
    }
}

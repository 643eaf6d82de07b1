package dev.lockstep.losses;

/**
 * Checks of the numbers in a record of settings, made where it is built. Each message states the rule and the value.
 */
public final class NumberChecks {
    private NumberChecks() {}

    public static void requirePositive(String name, int value) {
        require(value > 0, name, "must be above 0", value);
    }

    public static void requireAtLeastZero(String name, int value) {
        require(value >= 0, name, "must be at least 0", value);
    }

    /** Refuses what is not above 0, infinite or NaN. */
    public static void requirePositive(String name, double value) {
        require(value > 0 && value < Double.POSITIVE_INFINITY, name, "must be finite and above 0", value);
    }

    /** Refuses what is negative, infinite or NaN. */
    public static void requireAtLeastZero(String name, double value) {
        require(value >= 0 && value < Double.POSITIVE_INFINITY, name, "must be finite and at least 0", value);
    }

    public static void requireFinite(String name, double value) {
        require(Double.isFinite(value), name, "must be finite", value);
    }

    /** Refuses what is outside [low, high], or NaN. */
    public static void requireInside(String name, double value, double low, double high) {
        require(value >= low && value <= high, name, "must be in [" + low + ", " + high + "]", value);
    }

    private static void require(boolean holds, String name, String rule, Number value) {
        if (!holds) {
            throw new IllegalArgumentException(name + " " + rule + ": " + name + "=" + value);
        }
    }
}

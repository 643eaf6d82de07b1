package dev.lockstep.params.init;

/** Checks on the components of initialisers. */
final class Settings {
    private Settings() {}

    static void requireFinite(String name, double value) {
        if (!Double.isFinite(value)) {
            throw new IllegalArgumentException(name + " must be finite: " + name + "=" + value);
        }
    }

    static void requireFiniteNotNegative(String name, double value) {
        if (!(value >= 0 && value < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException(name + " must be finite and at least 0: " + name + "=" + value);
        }
    }
}

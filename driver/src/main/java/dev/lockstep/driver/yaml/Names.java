package dev.lockstep.driver.yaml;

import java.util.Locale;

/** How names of Java are written in files. */
final class Names {
    private Names() {}

    /** {@code labelSmoothing} becomes {@code label_smoothing}. */
    static String snake(String camel) {
        return camel.replaceAll("([a-z0-9])([A-Z])", "$1_$2").toLowerCase(Locale.ROOT);
    }

    static String of(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}

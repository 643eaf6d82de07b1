package dev.lockstep.params.init;

import java.util.Arrays;
import java.util.Locale;

/** What follows a layer, as far as a gain is known for it. The convolutions stand for themselves, as linear does. */
public enum Nonlinearity {
    LINEAR,
    CONV1D,
    CONV2D,
    CONV3D,
    CONV_TRANSPOSE1D,
    CONV_TRANSPOSE2D,
    CONV_TRANSPOSE3D,
    SIGMOID,
    TANH,
    RELU,
    LEAKY_RELU,
    SELU;

    /** By its name in a job file, such as {@code leaky_relu}. */
    public static Nonlinearity named(String name) {
        for (Nonlinearity each : values()) {
            if (each.toString().equals(name)) {
                return each;
            }
        }

        throw new IllegalArgumentException(
                "No gain is known for the nonlinearity: nonlinearity=" + name + ", known=" + Arrays.toString(values()));
    }

    /** As a job file names it. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}

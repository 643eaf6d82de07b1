package dev.lockstep.params.init;

import java.util.Arrays;
import java.util.Locale;

/** Which fan a Kaiming initialiser divides by. */
public enum FanMode {
    /** Keeps the variance in the forward pass. */
    FAN_IN {
        @Override
        double of(Fans fans) {
            return fans.in();
        }
    },

    /** Keeps the variance in the backward pass. */
    FAN_OUT {
        @Override
        double of(Fans fans) {
            return fans.out();
        }
    },

    /** The mean of both, as in Xavier's. PyTorch has no such mode; Keras and JAX have. */
    FAN_AVG {
        @Override
        double of(Fans fans) {
            return fans.average();
        }
    };

    abstract double of(Fans fans);

    /** By its name in a job file, such as {@code fan_in}. */
    public static FanMode named(String name) {
        for (FanMode each : values()) {
            if (each.toString().equals(name)) {
                return each;
            }
        }

        throw new IllegalArgumentException(
                "Fan mode is unknown: mode=" + name + ", known=" + Arrays.toString(values()));
    }

    /** As a job file names it. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}

package dev.lockstep.driver.job;

import java.io.Serializable;

/**
 * The examples that are not trained on. One of the two is null.
 *
 * @param fraction of the training data, taken out by a seeded draw
 * @param source data of their own
 */
public record Validation(Double fraction, Source source) implements Serializable {
    public Validation {
        if ((fraction == null) == (source == null)) {
            throw new IllegalArgumentException(
                    "Either a fraction or a path must be given: fraction=" + fraction + ", source=" + source);
        }
        if (fraction != null && !(fraction > 0 && fraction < 1)) {
            throw new IllegalArgumentException("fraction must be between 0 and 1: fraction=" + fraction);
        }
    }

    public static Validation fraction(double fraction) {
        return new Validation(fraction, null);
    }

    public static Validation from(Source source) {
        return new Validation(null, source);
    }
}

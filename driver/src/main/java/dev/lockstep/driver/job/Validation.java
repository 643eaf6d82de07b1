package dev.lockstep.driver.job;

import java.io.Serializable;

/**
 * The examples that are not trained on: a fraction or a source, and the other is null.
 *
 * @param fraction of the training data, taken out by a seeded draw
 * @param source data of their own
 * @param seed of the draw; null for that of the run
 */
public record Validation(Double fraction, Source source, Long seed) implements Serializable {
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
        return new Validation(fraction, null, null);
    }

    public static Validation from(Source source) {
        return new Validation(null, source, null);
    }

    /** The same rows whatever the seed of the run, so that several runs can be compared. */
    public Validation drawnBy(long changed) {
        return source != null || seed != null ? this : new Validation(fraction, null, changed);
    }
}

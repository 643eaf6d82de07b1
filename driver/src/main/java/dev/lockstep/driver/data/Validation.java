package dev.lockstep.driver.data;

/**
 * What the training is judged by: a part of the training data, or data of its own.
 *
 * @param fraction of the rows of the training data to hold out, in (0, 1); 0 if there is a source
 * @param source null if there is a fraction
 */
public record Validation(double fraction, DataSource source) {
    public Validation {
        if (source == null ? !(fraction > 0 && fraction < 1) : fraction != 0) {
            throw new IllegalArgumentException("Validation must be a fraction between 0 and 1, or a source: fraction="
                    + fraction + ", source=" + source);
        }
    }
}

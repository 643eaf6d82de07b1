package dev.lockstep.driver.data.source.drawn;

import dev.lockstep.driver.DataException;
import dev.lockstep.driver.job.Source;

/** An option of a source that is a whole number. */
final class WholeOption {
    private WholeOption() {}

    /** @param otherwise the option's default; null where it must be given */
    static long of(Source source, String key, String otherwise) {
        String text = source.options().getOrDefault(key, otherwise);
        try {
            long number = Long.parseLong(text);
            if (number >= 0) {
                return number;
            }
        } catch (NumberFormatException e) {
            // Told below, as for a negative number.
        }
        throw new DataException("Option must be a whole number, 0 or above: " + source.describe() + ", option=" + key
                + ", value=" + text);
    }
}

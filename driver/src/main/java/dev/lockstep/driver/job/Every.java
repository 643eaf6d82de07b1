package dev.lockstep.driver.job;

import java.io.Serializable;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How often something happens: {@code 1 epoch}, {@code 100 steps}. */
public record Every(int count, IntervalUnit unit) implements Serializable {
    private static final Pattern FORM = Pattern.compile("([0-9]{1,9})\\s+(epoch|step)s?");

    public Every {
        if (count < 1) {
            throw new IllegalArgumentException("Count must be above 0: count=" + count);
        }
    }

    /** @param text a number and {@code epochs} or {@code steps} */
    public Every(String text) {
        this(Integer.parseInt(matched(text).group(1)), unitOf(matched(text).group(2)));
    }

    /** How many steps that is. */
    public long steps(long stepsPerEpoch) {
        return unit == IntervalUnit.STEP ? count : Math.multiplyExact(count, stepsPerEpoch);
    }

    @Override
    public String toString() {
        return count + " " + unit.name().toLowerCase(Locale.ROOT) + (count == 1 ? "" : "s");
    }

    private static Matcher matched(String text) {
        Matcher matcher = FORM.matcher(text.strip());
        if (!matcher.matches()) {
            throw new IllegalArgumentException(
                    "must be a number of epochs or steps, as 1 epoch or 100 steps: " + "value=" + text);
        }
        return matcher;
    }

    private static IntervalUnit unitOf(String word) {
        return IntervalUnit.valueOf(word.toUpperCase(Locale.ROOT));
    }
}

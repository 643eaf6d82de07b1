package dev.lockstep.driver.search;

import dev.lockstep.driver.JobFileException;
import java.util.Locale;
import java.util.random.RandomGenerator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Numbers between two bounds, evenly spread, or with {@code log:} their logarithms. Between whole bounds the numbers
 * are whole and the bounds among them.
 */
record RangeAxis(String key, double low, double high, boolean whole, boolean logarithmic) implements Axis {
    private static final String NUMBER = "([-+]?[0-9.]+(?:[eE][-+]?[0-9]+)?)";
    private static final Pattern FORM = Pattern.compile("([^=]+)=(log:)?" + NUMBER + "\\.\\." + NUMBER);

    static boolean isOne(String argument) {
        return FORM.matcher(argument).matches();
    }

    static RangeAxis of(String argument) {
        Matcher form = FORM.matcher(argument);
        if (!form.matches()) {
            throw new JobFileException("A range must have the form KEY=LOW..HIGH: axis=" + argument);
        }
        boolean logarithmic = form.group(2) != null;
        boolean whole = isWhole(form.group(3)) && isWhole(form.group(4));
        double low = number(form.group(3), argument);
        double high = number(form.group(4), argument);
        if (!(low < high) || (logarithmic && !(low > 0))) {
            throw new JobFileException(
                    "A range must rise" + (logarithmic ? ", from above 0" : "") + ": axis=" + argument);
        }
        return new RangeAxis(form.group(1), low, high, whole, logarithmic);
    }

    private static boolean isWhole(String number) {
        return number.matches("[-+]?[0-9]+");
    }

    private static double number(String text, String argument) {
        try {
            return Double.parseDouble(text);
        } catch (NumberFormatException e) {
            throw new JobFileException("A bound must be a number: bound=" + text + ", axis=" + argument, e);
        }
    }

    @Override
    public String draw(RandomGenerator random) {
        double share = random.nextDouble();
        // A whole number has the half on both sides of it.
        double from = whole ? low - 0.5 : low;
        double to = whole ? high + 0.5 : high;
        double value =
                logarithmic && !(whole && from <= 0) ? from * Math.pow(to / from, share) : from + (to - from) * share;
        return whole
                ? Long.toString((long) Math.max(low, Math.min(high, Math.rint(value))))
                : String.format(Locale.ROOT, "%.4g", value);
    }
}

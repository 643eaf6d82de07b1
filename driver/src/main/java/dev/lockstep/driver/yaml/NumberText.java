package dev.lockstep.driver.yaml;

import java.math.BigInteger;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads numbers from the text as written, because YAML parsers disagree: to YAML 1.1 {@code 1e-4} is a word and
 * {@code 010} is eight. Here the first is a number and the second is refused.
 */
final class NumberText {
    private static final Pattern WHOLE = Pattern.compile("([-+]?)(?:0x([0-9a-fA-F]+)|(0|[1-9][0-9_]*))");
    private static final Pattern DECIMAL =
            Pattern.compile("[-+]?(?:(?:0|[1-9][0-9_]*)(?:\\.[0-9]*)?|\\.[0-9]+)(?:[eE][-+]?[0-9]+)?");
    private static final Pattern INFINITY = Pattern.compile("([-+]?)\\.?inf(?:inity)?");

    private NumberText() {}

    static long whole(Value value, long min, long max) {
        Matcher matcher = WHOLE.matcher(value.text());
        if (!matcher.matches()) {
            throw value.problem("must be a whole number");
        }

        String digits = matcher.group(3);
        BigInteger size =
                digits == null ? new BigInteger(matcher.group(2), 16) : new BigInteger(digits.replace("_", ""));
        BigInteger number = matcher.group(1).equals("-") ? size.negate() : size;
        if (number.compareTo(BigInteger.valueOf(min)) < 0 || number.compareTo(BigInteger.valueOf(max)) > 0) {
            throw value.problem("must be a whole number between " + min + " and " + max);
        }
        return number.longValueExact();
    }

    static double number(Value value, double max) {
        String text = value.text();
        Matcher infinity = INFINITY.matcher(text.toLowerCase(Locale.ROOT));
        if (infinity.matches()) {
            return infinity.group(1).equals("-") ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY;
        }
        if (!DECIMAL.matcher(text).matches()) {
            throw value.problem("must be a number");
        }

        double number = Double.parseDouble(text.replace("_", ""));
        if (Math.abs(number) > max) {
            throw value.problem("must be a number between " + -max + " and " + max);
        }
        return number;
    }
}

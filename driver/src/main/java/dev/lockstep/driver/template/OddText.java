package dev.lockstep.driver.template;

import java.util.regex.Pattern;

/** Text that stands for a number or a date in a way that is not read: more than one number could be meant. */
final class OddText {
    private static final Pattern DATE = Pattern.compile(
            "\\d{1,2}[./-]\\d{1,2}[./-](\\d{4}|\\d{2})([ T].*)?|\\d{4}[./]\\d{1,2}[./]\\d{1,2}([ T].*)?");
    private static final Pattern NUMBER =
            Pattern.compile("[-+]?\\d{1,3}(\\.?\\d{3})*,\\d+|[-+]?\\d{1,3}(,\\d{3})+\\.\\d+");

    private OddText() {}

    /** @param text that is neither a number nor a time to those who read cells */
    static boolean is(String text) {
        String bare = text.strip();
        return DATE.matcher(bare).matches() || NUMBER.matcher(bare).matches();
    }

    /** Why a column of such text is left out, and how it would not be. */
    static String reason(String text) {
        return DATE.matcher(text.strip()).matches()
                ? "has dates as " + text + ": write 2024-12-31 or 31.12.2024"
                : "has numbers as " + text + ": write 1234.5";
    }
}

package dev.lockstep.driver.data.encoding;

import java.math.BigDecimal;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** When two labels are the same one, and which of two comes first. */
public enum LabelForm {
    /** {@code true} and {@code false}, in any case: a csv file of pandas has {@code True}. */
    TRUTH(Comparator.comparing(LabelForm::isTrue)) {
        @Override
        String key(String text) {
            return text.trim().toLowerCase(Locale.ROOT);
        }
    },
    /** By their values, so that 1 and 1.0 are the same. */
    NUMBER(Comparator.comparing(LabelForm::number)) {
        @Override
        String key(String text) {
            return isNumber(text) ? number(text).stripTrailingZeros().toString() : text;
        }
    },
    /** Letter by letter, but for whole numbers among them: 1 and 1.0 are one, as they are as categories. */
    TEXT(Comparator.naturalOrder()) {
        @Override
        String key(String text) {
            return CategoryWord.of(text);
        }
    };

    /** As Java, Spark and pandas write what no number is as great as. */
    private static final Pattern INFINITE = Pattern.compile("[+-]?inf(inity)?", Pattern.CASE_INSENSITIVE);

    private static final String TRUE = "true";
    private static final String FALSE = "false";

    private final Comparator<String> order;

    LabelForm(Comparator<String> order) {
        this.order = order;
    }

    /** Labels that are equal have the same. */
    abstract String key(String text);

    Comparator<String> order() {
        return order;
    }

    static LabelForm of(Collection<String> labels) {
        if (labels.stream().allMatch(LabelForm::isTruth)) {
            return TRUTH;
        }
        return labels.stream().allMatch(LabelForm::isNumber) ? NUMBER : TEXT;
    }

    /** Those that can be classes: beside numbers, infinity is none. */
    static Collection<String> classes(Collection<String> labels) {
        List<String> finite =
                labels.stream().filter(label -> !isInfinite(label)).toList();
        return of(finite) == NUMBER ? finite : labels;
    }

    /** What a cell is called. */
    public static String text(Object cell) {
        if (cell instanceof Double || cell instanceof Float) {
            String text = cell.toString();
            return isNumber(text) ? new BigDecimal(text).toPlainString() : text;
        }
        return cell instanceof BigDecimal ? ((BigDecimal) cell).toPlainString() : String.valueOf(cell);
    }

    /** Whether it is written as one. */
    public static boolean isNumber(String text) {
        try {
            number(text);
            return true;
        } catch (NumberFormatException e) {
            return false;
        }
    }

    /** Whether it is written as infinity is. */
    public static boolean isInfinite(String text) {
        return INFINITE.matcher(text.trim()).matches();
    }

    private static boolean isTruth(String text) {
        return text.trim().equalsIgnoreCase(TRUE) || text.trim().equalsIgnoreCase(FALSE);
    }

    private static boolean isTrue(String text) {
        return text.trim().equalsIgnoreCase(TRUE);
    }

    private static BigDecimal number(String text) {
        return new BigDecimal(text.trim());
    }
}

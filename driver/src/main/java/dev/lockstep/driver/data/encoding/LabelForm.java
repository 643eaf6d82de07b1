package dev.lockstep.driver.data.encoding;

import java.math.BigDecimal;
import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;

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
    /** Letter by letter. */
    TEXT(Comparator.naturalOrder()) {
        @Override
        String key(String text) {
            return text;
        }
    };

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

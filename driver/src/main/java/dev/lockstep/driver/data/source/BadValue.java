package dev.lockstep.driver.data.source;

import java.io.Serializable;

/**
 * A value that cannot be used: which column, what is wrong, and what stands there. The row is known by the block that
 * it is in.
 *
 * <p>A plain final class and not a record, because it travels as data.
 */
public final class BadValue implements Serializable {
    private final String rule;
    private final String column;
    private final String value;

    /** @param rule what must hold, as in "Value must be a finite number" */
    BadValue(String rule, String column, Object value) {
        this.rule = rule;
        this.column = column;
        this.value = shortened(String.valueOf(value));
    }

    /** @param place where the row is, as in "file=a.csv, row=3" */
    public String describe(String place) {
        return rule + ": " + place + ", column=" + column + ", value=" + value;
    }

    private static String shortened(String text) {
        return text.length() <= 80 ? text : text.substring(0, 77) + "...";
    }
}

package dev.lockstep.driver.data.source;

import java.io.Serializable;

/**
 * A value that cannot be used: which column, what is wrong, and what stands there. The row is known by the block that
 * it is in.
 *
 * <p>A plain final class and not a record, because it travels as data.
 */
public final class BadValue implements Serializable {
    /** Takes the row's place in messages about a file's first line. */
    private static final String HEADER = "header";

    private final String rule;
    private final String column;
    private final String value;
    private final String wayOut;
    private final boolean ofHeader;

    private BadValue(String rule, String column, Object value, String wayOut, boolean ofHeader) {
        this.rule = rule;
        this.column = column;
        this.value = shortened(String.valueOf(value));
        this.wayOut = wayOut;
        this.ofHeader = ofHeader;
    }

    /**
     * In a row.
     *
     * @param rule what must hold, as in "Value must be a finite number"
     * @param wayOut a sentence on what to do, empty for none
     */
    static BadValue inRow(String rule, String column, Object value, String wayOut) {
        return new BadValue(rule, column, value, wayOut, /* ofHeader */ false);
    }

    /** In the header of a file that does not have the others'. */
    static BadValue inHeader(String column, Object value) {
        return new BadValue("Files must have the same header", column, value, "", /* ofHeader */ true);
    }

    BadValue wayOut(String sentence) {
        return wayOut.isEmpty() ? new BadValue(rule, column, value, sentence, ofHeader) : this;
    }

    /**
     * The whole message.
     *
     * @param place where the row is, as in "file=a.csv"
     * @param row from 1
     */
    public String describe(String place, long row) {
        return rule + ": " + place + ", row=" + (ofHeader ? HEADER : row) + ", column=" + column + ", value=" + value
                + (wayOut.isEmpty() ? "" : ". " + wayOut);
    }

    private static String shortened(String text) {
        return text.length() <= 80 ? text : text.substring(0, 77) + "...";
    }
}

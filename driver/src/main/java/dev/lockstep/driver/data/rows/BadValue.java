package dev.lockstep.driver.data.rows;

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
    private final Place place;

    /** What it is part of. */
    private enum Place {
        ROW,
        LABEL,
        HEADER
    }

    private BadValue(String rule, String column, Object value, String wayOut, Place place) {
        this.rule = rule;
        this.column = column;
        this.value = shortened(String.valueOf(value));
        this.wayOut = wayOut;
        this.place = place;
    }

    /**
     * In a row.
     *
     * @param rule what must hold, as in "Value must be a finite number"
     * @param wayOut a sentence on what to do, empty for none
     */
    static BadValue inRow(String rule, String column, Object value, String wayOut) {
        return new BadValue(rule, column, value, wayOut, Place.ROW);
    }

    /** In the header of a file that does not have the others'. */
    public static BadValue inHeader(String column, Object value) {
        return new BadValue("Files must have the same header", column, value, "", Place.HEADER);
    }

    BadValue wayOut(String sentence) {
        return wayOut.isEmpty() ? new BadValue(rule, column, value, sentence, place) : this;
    }

    BadValue of(String part) {
        return new BadValue(rule, part, value, wayOut, place);
    }

    BadValue ofLabel() {
        return new BadValue(rule, column, value, wayOut, Place.LABEL);
    }

    /** Whether it is a label. */
    public boolean isLabel() {
        return place == Place.LABEL;
    }

    /**
     * The whole message.
     *
     * @param where the row is, as in "file=a.csv"
     * @param row from 1
     */
    public String describe(String where, long row) {
        return rule + ": " + where + ", row=" + (place == Place.HEADER ? HEADER : row) + ", column=" + column
                + ", value=" + value + (wayOut.isEmpty() ? "" : ". " + wayOut);
    }

    private static String shortened(String text) {
        return text.length() <= 80 ? text : text.substring(0, 77) + "...";
    }
}

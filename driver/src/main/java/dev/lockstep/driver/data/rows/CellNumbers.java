package dev.lockstep.driver.data.rows;

import java.time.format.DateTimeParseException;

/** Turns what a column holds into a finite number that a 32-bit float can stand for, or says why it cannot. */
public final class CellNumbers {
    /** From here on a double has lost digits itself, and every one of them is whole. */
    private static final double WHOLE = 0x1p53;

    /** A shorter text may say NaN with blanks around it. */
    private static final int MOST_OF_NAN = 16;

    private CellNumbers() {}

    static double parse(String text, String column) throws BadValueException {
        String trimmed = text.trim();
        if (Times.isWritten(trimmed)) {
            return time(trimmed, column);
        }
        // As pandas and others write truth values.
        if (trimmed.equalsIgnoreCase("true") || trimmed.equalsIgnoreCase("false")) {
            return trimmed.equalsIgnoreCase("true") ? 1 : 0;
        }
        // Double.parseDouble would take "1d" and "1f" for numbers.
        char last = Character.toLowerCase(trimmed.charAt(trimmed.length() - 1));
        if (last == 'd' || last == 'f') {
            throw new BadValueException("Value must be a number", column, text);
        }
        try {
            return finite(Double.parseDouble(trimmed), column);
        } catch (NumberFormatException e) {
            throw new BadValueException("Value must be a number", column, text);
        }
    }

    private static double time(String text, String column) throws BadValueException {
        try {
            return Times.parse(text);
        } catch (DateTimeParseException e) {
            throw new BadValueException("Value must be a number, or a time as 2024-05-01T10:00:00Z", column, text);
        }
    }

    /** Whether nothing stands there: null, NaN, or text that is blank or says NaN. */
    public static boolean isGap(Object cell) {
        if (cell instanceof String) {
            String text = (String) cell;
            return text.isBlank() || (text.length() < MOST_OF_NAN && text.trim().equalsIgnoreCase("nan"));
        }
        return cell == null
                || (cell instanceof Double && ((Double) cell).isNaN())
                || (cell instanceof Float && ((Float) cell).isNaN());
    }

    /** That nothing stands where a number should. */
    public static BadValueException gap(Object cell, String column) {
        boolean empty = cell == null || (cell instanceof String && ((String) cell).isBlank());
        return new BadValueException(empty ? "Value must not be empty" : "Value must be finite", column, cell);
    }

    public static double finite(double value, String column) throws BadValueException {
        if (!Double.isFinite(value)) {
            throw new BadValueException("Value must be finite", column, value);
        }
        if (Math.abs(value) > Float.MAX_VALUE) {
            throw new BadValueException("Value must fit a 32-bit float", column, value);
        }
        return value;
    }

    /**
     * Refuses a whole number that a 32-bit float would make another one: with times and identifiers, many would fall
     * together.
     */
    public static void requireKept(double value, String column) throws BadValueException {
        if ((float) value != value && value == Math.rint(value) && Math.abs(value) < WHOLE) {
            throw new BadValueException(
                    "Whole number must be one of those that a 32-bit float holds",
                    column,
                    (long) value,
                    "Those above 16777216 lose digits. data.preprocess: [standardize] computes with all digits of a"
                            + " feature; else subtract or divide");
        }
    }

    /** Of a cell or of an element of an array that is no gap: a number, a truth value, a time or text. */
    public static double of(Object cell, String column) throws BadValueException {
        if (cell instanceof String) {
            return parse((String) cell, column);
        }
        if (cell instanceof Boolean) {
            return (Boolean) cell ? 1 : 0;
        }
        if (Times.isTime(cell)) {
            return Times.seconds(cell);
        }
        return finite(((Number) cell).doubleValue(), column);
    }
}

package dev.lockstep.driver.data.source;

/** Turns what a column holds into a finite float, or says why it cannot. */
final class Numbers {
    private Numbers() {}

    static float parse(String text, String column) throws BadValueException {
        String trimmed = text == null ? "" : text.trim();
        if (trimmed.isEmpty()) {
            throw new BadValueException("Value must not be empty", column, text);
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

    static float finite(double value, String column) throws BadValueException {
        if (!Double.isFinite(value)) {
            throw new BadValueException("Value must be finite", column, value);
        }
        if (Math.abs(value) > Float.MAX_VALUE) {
            throw new BadValueException("Value must fit a 32-bit float", column, value);
        }
        return (float) value;
    }

    /** Of a cell or of an element of an array: a number, a truth value or text. */
    static float of(Object cell, String column) throws BadValueException {
        if (cell == null || cell instanceof String) {
            return parse((String) cell, column);
        }
        if (cell instanceof Boolean) {
            return (Boolean) cell ? 1 : 0;
        }
        return finite(((Number) cell).doubleValue(), column);
    }
}

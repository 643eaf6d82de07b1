package dev.lockstep.driver.data.rows;

/** Ends the reading of one row. Never leaves the task: it is noted in the row's block. */
public final class BadValueException extends Exception {
    private final transient BadValue badValue;

    public BadValueException(String rule, String column, Object value) {
        this(rule, column, value, "");
    }

    /** @param wayOut a sentence on what to do, without its full stop; empty for none */
    public BadValueException(String rule, String column, Object value, String wayOut) {
        super(rule, null, false, false);
        this.badValue = BadValue.inRow(rule, column, value, wayOut);
    }

    /** The same with a sentence on what to do, unless there is one. */
    public BadValueException wayOut(String sentence) {
        return new BadValueException(badValue.wayOut(sentence));
    }

    /** The same of a part of the column. */
    public BadValueException of(String part) {
        return new BadValueException(badValue.of(part));
    }

    /** The same of a label. */
    public BadValueException ofLabel() {
        return new BadValueException(badValue.ofLabel());
    }

    private BadValueException(BadValue badValue) {
        super(null, null, false, false);
        this.badValue = badValue;
    }

    public BadValue badValue() {
        return badValue;
    }
}

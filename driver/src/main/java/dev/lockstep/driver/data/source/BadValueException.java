package dev.lockstep.driver.data.source;

/** Ends the reading of one row. Never leaves the task: it is noted in the row's block. */
final class BadValueException extends Exception {
    private final transient BadValue badValue;

    BadValueException(String rule, String column, Object value) {
        super(rule, null, false, false);
        this.badValue = new BadValue(rule, column, value);
    }

    BadValue badValue() {
        return badValue;
    }
}

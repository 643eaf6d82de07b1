package dev.lockstep.driver.data.source;

import java.io.Serializable;

/**
 * What the loss wants of a label.
 *
 * @param kind class numbers, any numbers or nothing
 * @param classes how many there are, 0 if the data may tell
 * @param ignored a class number outside the classes whose examples the loss leaves out, null if there is none
 */
public record Targets(Kind kind, int classes, Integer ignored) implements Serializable {
    /** What the numbers of a label mean. */
    public enum Kind {
        CLASSES,
        VALUES,
        /** Labels are not read, and need not be there. */
        NONE
    }

    public Targets {
        if (classes < 0) {
            throw new IllegalArgumentException("classes must be at least 0: classes=" + classes);
        }
    }

    /** Numbers to regress, probabilities, several labels at once: anything finite. */
    public static Targets values() {
        return new Targets(Kind.VALUES, 0, null);
    }

    /** To predict only. */
    public static Targets none() {
        return new Targets(Kind.NONE, 0, null);
    }

    /** @param classes 0 takes the largest label of the training data for the last class */
    public static Targets classes(int classes) {
        return new Targets(Kind.CLASSES, classes, null);
    }

    void check(float label, String column) throws BadValueException {
        if (kind != Kind.CLASSES || (ignored != null && label == ignored)) {
            return;
        }
        if (label != Math.rint(label) || label < 0 || (classes > 0 && label >= classes)) {
            throw new BadValueException(rule(), column, label == (long) label ? (Object) (long) label : label);
        }
    }

    private String rule() {
        return classes == 0
                ? "Label must be a class number, 0 or above"
                : "Label must be a class number from 0 to " + (classes - 1);
    }
}

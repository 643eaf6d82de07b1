package dev.lockstep.driver.data.rows;

import dev.lockstep.driver.data.encoding.ClassNames;
import dev.lockstep.driver.data.encoding.LabelForm;
import java.io.Serializable;

/**
 * What the loss wants of a label.
 *
 * @param kind class numbers, numbers of some range, any numbers or nothing
 * @param classes how many there are, 0 if the data may tell
 * @param ignored a class number outside the classes whose examples the loss leaves out, null if there is none
 */
public record TargetSpec(Kind kind, int classes, Integer ignored) implements Serializable {
    /** A column with more values is no label of classes, but a number or an identifier. */
    private static final int MOST_NAMES = 10_000;

    /** What the numbers of a label mean. */
    public enum Kind {
        CLASSES,
        /** 1 or -1: which of two sides. */
        SIGNS,
        /** From 0 to 1: probabilities, and no or yes. */
        FRACTIONS,
        VALUES,
        /** Labels are not read, and need not be there. */
        NONE
    }

    public TargetSpec {
        if (classes < 0) {
            throw new IllegalArgumentException("classes must be at least 0: classes=" + classes);
        }
    }

    /** Numbers to regress, distributions, several labels at once: anything finite. */
    public static TargetSpec values() {
        return new TargetSpec(Kind.VALUES, 0, null);
    }

    /** To predict only. */
    public static TargetSpec none() {
        return new TargetSpec(Kind.NONE, 0, null);
    }

    /** 1 or -1. */
    public static TargetSpec signs() {
        return new TargetSpec(Kind.SIGNS, 0, null);
    }

    /** In [0, 1]. */
    public static TargetSpec fractions() {
        return new TargetSpec(Kind.FRACTIONS, 0, null);
    }

    /** @param classes 0 takes the largest label of the training data for the last class */
    public static TargetSpec classes(int classes) {
        return new TargetSpec(Kind.CLASSES, classes, null);
    }

    /** What the loss takes for a class that has a name: of two, the second is yes, or 1. */
    public double meaning(int number) {
        return switch (kind) {
            case SIGNS -> 2 * number - 1;
            case CLASSES, FRACTIONS, VALUES, NONE -> number;
        };
    }

    /** Whether a cell holds the class number that the loss leaves out. */
    public boolean ignores(Object cell) {
        String text = LabelForm.text(cell);
        return ignored != null && LabelForm.isNumber(text) && Double.parseDouble(text) == ignored;
    }

    /** Whether the labels that there are can be called by these names. */
    public boolean takes(ClassNames names) {
        return kind == Kind.CLASSES ? names.size() <= mostNames() : names.size() == 2;
    }

    /** How many there may be. */
    int mostNames() {
        int most = classes == 0 ? MOST_NAMES : Math.min(classes, MOST_NAMES);
        return kind == Kind.CLASSES ? most : 2;
    }

    /** What must hold of labels that are names. */
    public String namesRule() {
        if (kind != Kind.CLASSES) {
            return "Labels that are no numbers must have two values";
        }
        return classes == 0 || classes > MOST_NAMES
                ? "Labels that are no numbers must have at most " + MOST_NAMES + " values"
                : "Labels must have at most as many values as the network has classes, " + classes;
    }

    /** Whether labels may be called by names: they are classes, or one of two. */
    public boolean takesNames() {
        return kind != Kind.VALUES && kind != Kind.NONE;
    }

    public void check(double label, String column) throws BadValueException {
        boolean good =
                switch (kind) {
                    case CLASSES -> isClass(label) || (ignored != null && label == ignored);
                    case SIGNS -> Math.abs(label) == 1;
                    case FRACTIONS -> label >= 0 && label <= 1;
                    case VALUES, NONE -> true;
                };
        if (!good) {
            throw new BadValueException(rule(), column, label == (long) label ? (Object) (long) label : (float) label);
        }
    }

    private boolean isClass(double label) {
        return label == Math.rint(label) && label >= 0 && (classes == 0 || label < classes);
    }

    private String rule() {
        if (kind == Kind.SIGNS) {
            return "Label must be 1 or -1";
        }
        if (kind == Kind.FRACTIONS) {
            return "Label must be from 0 to 1";
        }
        return classes == 0
                ? "Label must be a class number, 0 or above"
                : "Label must be a class number from 0 to " + (classes - 1);
    }
}

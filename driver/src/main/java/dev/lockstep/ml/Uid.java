package dev.lockstep.ml;

import java.util.UUID;

/**
 * The uid of a stage while spark.ml's own constructors run: they make their Params of it, before a Java class can set a
 * field.
 */
final class Uid {
    private static final ThreadLocal<String> COMING = new ThreadLocal<>();
    private static final int LETTERS = 12;

    private final String text;

    private Uid(String text) {
        this.text = text;
    }

    /** Announces it, as the argument of a constructor. */
    static Uid of(String text) {
        COMING.set(text);
        return new Uid(text);
    }

    /** One that nobody else has, in spark.ml's form. */
    static String random(String prefix) {
        String random = UUID.randomUUID().toString().replace("-", "");
        return prefix + "_" + random.substring(random.length() - LETTERS);
    }

    /** That of the stage which this thread is making. */
    static String coming() {
        return COMING.get();
    }

    /** Ends the announcement. */
    String taken() {
        COMING.remove();
        return text;
    }
}

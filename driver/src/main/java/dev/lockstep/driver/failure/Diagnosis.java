package dev.lockstep.driver.failure;

import dev.lockstep.driver.LockstepException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;

/** Says of an exception of Java's, Hadoop's or Spark's what failed, where, and what mends it. */
public final class Diagnosis {
    /**
     * Each looks at one cause, gets the whole failure to chain it, and returns null where it does not know the cause.
     */
    private static final List<BiFunction<Throwable, Throwable, LockstepException>> KNOWN =
            List.of(Cancellation::of, SparkFailures::of, FileFailures::of, MachineFailures::of);

    private Diagnosis() {}

    /** Empty where nothing better is known than the exception's own text. */
    public static Optional<LockstepException> of(Throwable failure) {
        List<Throwable> causes = new ArrayList<>();
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof LockstepException own) {
                return Optional.of(own);
            }
            causes.add(cause);
        }

        // The innermost is the most particular.
        Collections.reverse(causes);
        for (BiFunction<Throwable, Throwable, LockstepException> known : KNOWN) {
            for (Throwable cause : causes) {
                LockstepException found = known.apply(cause, failure);
                if (found != null) {
                    return Optional.of(found);
                }
            }
        }
        return Optional.empty();
    }

    /** Whether it is for a disk that is full, whatever was being done. */
    public static boolean isFullDisk(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (FileFailures.isFullDisk(cause)) {
                return true;
            }
        }
        return false;
    }

    /** The first line of the innermost cause's text; its type where it has none. */
    public static String reason(Throwable failure) {
        Throwable root = failure;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return line(root);
    }

    /** The first line of its text; its type where it has none. */
    public static String line(Throwable cause) {
        return text(cause)
                .lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty())
                .findFirst()
                .orElse(cause.getClass().getSimpleName());
    }

    static String text(Throwable cause) {
        return String.valueOf(cause.getMessage() == null ? "" : cause.getMessage());
    }
}

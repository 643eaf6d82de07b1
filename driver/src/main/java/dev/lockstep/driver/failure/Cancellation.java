package dev.lockstep.driver.failure;

import dev.lockstep.driver.CancelledException;
import dev.lockstep.driver.LockstepException;
import java.util.regex.Pattern;

/** Tells that somebody wanted the end, by an interrupt or by cancelling Spark's jobs. */
final class Cancellation {
    private static final Pattern CANCELLED =
            Pattern.compile("Job \\d+ cancelled(?! because SparkContext was shut down)");

    private Cancellation() {}

    static LockstepException of(Throwable cause, Throwable failure) {
        if (cause instanceof InterruptedException) {
            return new CancelledException(
                    "Run was interrupted: thread=" + Thread.currentThread().getName(), failure);
        }
        boolean ofSpark = cause.getClass().getName().startsWith("org.apache.spark.");
        return ofSpark && CANCELLED.matcher(Diagnosis.text(cause)).find()
                ? new CancelledException("Run was cancelled: reason=" + Diagnosis.line(cause), failure)
                : null;
    }
}

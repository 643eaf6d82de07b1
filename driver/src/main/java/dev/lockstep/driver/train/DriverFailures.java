package dev.lockstep.driver.train;

import dev.lockstep.driver.CancelledException;
import dev.lockstep.driver.ClusterException;
import dev.lockstep.driver.DataException;
import dev.lockstep.driver.LockstepException;
import dev.lockstep.driver.TrainingException;
import dev.lockstep.driver.failure.Diagnosis;
import dev.lockstep.params.AbortException;
import dev.lockstep.params.ParamException;
import java.io.UncheckedIOException;
import java.util.Optional;

/**
 * Turns a failure on the cluster into the exception that the caller of the run gets, with its exit code. One that
 * another attempt may cure is a {@link ClusterException#ofLoss}.
 */
final class DriverFailures {
    private DriverFailures() {}

    /** Translates the first cause that the coordinator heard of. */
    static LockstepException of(AbortException abort, Throwable failure) {
        if (abort.getMessage().contains(OutOfMemoryError.class.getName())) {
            // Of a shard, whose memory another attempt would not enlarge.
            LockstepException known =
                    Diagnosis.of(new OutOfMemoryError(abort.getMessage())).orElseThrow();
            return new ClusterException(known.getMessage(), failure);
        }
        return switch (abort.kind()) {
            case TRAINING -> new TrainingException(abort.getMessage(), failure);
            case DATA -> new DataException(abort.getMessage(), failure);
            case CLUSTER -> new ClusterException(abort.getMessage(), failure);
            case LOST -> ClusterException.ofLoss(abort.getMessage(), failure);
        };
    }

    /** Translates what Spark, or the code in a task, threw. */
    static LockstepException of(Throwable failure) {
        boolean own = false;
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof LockstepException known) {
                return known;
            }
            if (cause instanceof ParamException known) {
                return of(new AbortException(AbortException.kindOf(known), known.getMessage()), failure);
            }
            own |= isOfATask(cause);
        }

        Optional<LockstepException> diagnosed = Diagnosis.of(failure);
        if (diagnosed.isPresent()
                && (diagnosed.get() instanceof ClusterException || diagnosed.get() instanceof CancelledException)) {
            return diagnosed.get();
        }
        String text = diagnosed
                .map(LockstepException::getMessage)
                .orElseGet(() -> "The Spark job failed: " + Diagnosis.reason(failure));
        return own ? new ClusterException(text, failure) : ClusterException.ofLoss(text, failure);
    }

    /** Where a run ended because its thread was interrupted, the thread is so again for whoever called it. */
    static void restoreInterrupt(CancelledException ended) {
        for (Throwable cause = ended; cause != null; cause = cause.getCause()) {
            if (cause instanceof InterruptedException) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** An error in code comes again; what Spark says by itself, or what went wrong with files, may not. */
    private static boolean isOfATask(Throwable cause) {
        boolean thrown = cause instanceof RuntimeException || cause instanceof Error;
        return thrown
                && !(cause instanceof UncheckedIOException)
                && !cause.getClass().getName().startsWith("org.apache.spark.");
    }
}

package dev.lockstep.driver.train;

import dev.lockstep.driver.ClusterException;
import dev.lockstep.driver.DataException;
import dev.lockstep.driver.LockstepException;
import dev.lockstep.driver.TrainingException;
import dev.lockstep.params.AbortException;
import dev.lockstep.params.ParamException;
import java.io.UncheckedIOException;
import org.apache.spark.SparkException;

/** What a failure on the cluster means to whoever started the run, and whether another attempt may cure it. */
final class Explanation {
    private Explanation() {}

    /** Of the first cause that the coordinator heard of. */
    static LockstepException of(AbortException abort, Exception failure) {
        return switch (abort.kind()) {
            case TRAINING -> new TrainingException(abort.getMessage(), failure);
            case DATA -> new DataException(abort.getMessage(), failure);
            case CLUSTER -> new ClusterException(abort.getMessage(), failure);
            case LOST -> ClusterException.ofLoss(abort.getMessage(), failure);
        };
    }

    /** Of what Spark, or the code in a task, threw. */
    static LockstepException of(Exception failure) {
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

        String text = "The Spark job failed: " + firstLine(failure);
        return own ? new ClusterException(text, failure) : ClusterException.ofLoss(text, failure);
    }

    /** An error in code comes again; what Spark says by itself, or what went wrong with files, may not. */
    private static boolean isOfATask(Throwable cause) {
        return cause instanceof RuntimeException
                && !(cause instanceof UncheckedIOException)
                && !cause.getClass().getName().startsWith("org.apache.spark.");
    }

    private static String firstLine(Exception failure) {
        Throwable root = failure;
        while (root instanceof SparkException && root.getCause() != null) {
            root = root.getCause();
        }
        return String.valueOf(root.getMessage()).lines().findFirst().orElse(root.toString());
    }
}

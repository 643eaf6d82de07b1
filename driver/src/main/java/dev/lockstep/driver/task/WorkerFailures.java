package dev.lockstep.driver.task;

import dev.lockstep.driver.LockstepException;
import dev.lockstep.driver.failure.Diagnosis;
import dev.lockstep.params.AbortException;
import dev.lockstep.params.AbortException.Kind;
import dev.lockstep.params.ParamException;
import java.util.Optional;

/**
 * Turns an exception in one worker into the {@link AbortException} that ends the job for all members: with step, worker
 * and reason where the exception does not name them itself.
 */
public final class WorkerFailures {
    private WorkerFailures() {}

    /** @param step at which it was thrown */
    public static AbortException of(Throwable cause, int worker, long step) {
        if (cause instanceof AbortException abort) {
            return abort;
        }
        if (cause instanceof ParamException known) {
            return new AbortException(AbortException.kindOf(known), known.getMessage(), known);
        }
        if (cause instanceof LockstepException known) {
            return new AbortException(kind(known), known.getMessage(), known);
        }

        String where = ": step=" + step + ", worker=" + worker + ", reason=";
        Optional<LockstepException> diagnosed = Diagnosis.of(cause);
        if (diagnosed.isPresent()) {
            LockstepException known = diagnosed.get();
            return new AbortException(kind(known), "Worker cannot go on" + where + known.getMessage(), cause);
        }

        // Losses and layers refuse with this what they cannot take; anything else is libtorch's.
        boolean refused = cause instanceof IllegalArgumentException;
        return new AbortException(
                refused ? Kind.DATA : Kind.TRAINING,
                (refused ? "Examples do not suit the network or the loss" : "Worker cannot compute")
                        + where
                        + Diagnosis.line(cause),
                cause);
    }

    private static Kind kind(LockstepException known) {
        return switch (known.exitCode()) {
            case BAD_DATA -> Kind.DATA;
            case TRAINING_FAILED -> Kind.TRAINING;
            default -> Kind.CLUSTER;
        };
    }
}

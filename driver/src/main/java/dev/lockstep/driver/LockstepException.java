package dev.lockstep.driver;

/** A failure that a user can act on: its message is one line that says what is wrong and where. */
public abstract sealed class LockstepException extends RuntimeException
        permits JobFileException, DataException, TrainingException, ClusterException, CancelledException {

    LockstepException(String message, Throwable cause) {
        super(message, cause);
    }

    /** What the process ends with when nobody catches this. */
    public abstract ExitCode exitCode();
}

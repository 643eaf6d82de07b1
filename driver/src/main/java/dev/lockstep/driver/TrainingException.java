package dev.lockstep.driver;

/** The training went wrong by its own numbers: a loss or gradient is not finite, a network does not fit its input. */
public final class TrainingException extends LockstepException {
    public TrainingException(String message) {
        this(message, null);
    }

    public TrainingException(String message, Throwable cause) {
        super(message, cause);
    }

    @Override
    public ExitCode exitCode() {
        return ExitCode.TRAINING_FAILED;
    }
}

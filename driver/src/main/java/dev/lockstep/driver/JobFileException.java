package dev.lockstep.driver;

/** The job file, or an argument that overrides it, is wrong. Thrown before Spark starts. */
public final class JobFileException extends LockstepException {
    public JobFileException(String message) {
        this(message, null);
    }

    public JobFileException(String message, Throwable cause) {
        super(message, cause);
    }

    @Override
    public ExitCode exitCode() {
        return ExitCode.BAD_JOB;
    }
}

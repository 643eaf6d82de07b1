package dev.lockstep.driver;

/** Somebody ended a run from outside: its thread was interrupted, or Spark was told to cancel its jobs. */
public final class CancelledException extends LockstepException {
    public CancelledException(String message, Throwable cause) {
        super(message, cause);
    }

    @Override
    public ExitCode exitCode() {
        return ExitCode.INTERRUPTED;
    }
}

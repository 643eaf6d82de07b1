package dev.lockstep.driver;

/**
 * Data, a checkpoint or a model cannot be read, or do not fit the job. Says which file or partition, row and column.
 */
public final class DataException extends LockstepException {
    public DataException(String message) {
        this(message, null);
    }

    public DataException(String message, Throwable cause) {
        super(message, cause);
    }

    @Override
    public ExitCode exitCode() {
        return ExitCode.BAD_DATA;
    }
}

package dev.lockstep.driver;

import java.util.Optional;

/**
 * Data, a checkpoint or a model cannot be read, or do not fit the job. Says which file or partition, row and column.
 */
public final class DataException extends LockstepException {
    private final String key;

    public DataException(String message) {
        this(message, null);
    }

    public DataException(String message, Throwable cause) {
        this(message, cause, null);
    }

    private DataException(String message, Throwable cause, String key) {
        super(message, cause);
        this.key = key;
    }

    /** The same where the fault may as well be what a key of a job's section says. */
    public DataException of(String named) {
        return new DataException(getMessage(), this, named);
    }

    /** The same where that section is within another. */
    public DataException within(String section) {
        return key == null ? this : of(section + "." + key);
    }

    /** The job's key that it is about, if it is about one. */
    public Optional<String> key() {
        return Optional.ofNullable(key);
    }

    @Override
    public ExitCode exitCode() {
        return ExitCode.BAD_DATA;
    }
}

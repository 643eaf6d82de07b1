package dev.lockstep.driver;

/** What a command ends with, for scripts and schedulers to read. */
public enum ExitCode {
    DONE(0),
    /** The job file or the arguments are wrong: nothing was started. */
    BAD_JOB(2),
    /** The data cannot be read or do not fit the job. */
    BAD_DATA(3),
    /** The training itself failed: it diverged or became non-finite. */
    TRAINING_FAILED(4),
    /** Workers, shards or the network were missing or lost. */
    CLUSTER_FAILED(5),
    /** Somebody asked for the end; a checkpoint was written first. */
    INTERRUPTED(130);

    private final int code;

    ExitCode(int code) {
        this.code = code;
    }

    public int code() {
        return code;
    }
}

package dev.lockstep.driver;

/** Workers, shards or the network are missing or lost. Says who, at which step and how long was waited. */
public final class ClusterException extends LockstepException {
    public ClusterException(String message) {
        this(message, null);
    }

    public ClusterException(String message, Throwable cause) {
        super(message, cause);
    }

    @Override
    public ExitCode exitCode() {
        return ExitCode.CLUSTER_FAILED;
    }
}

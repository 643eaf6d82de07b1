package dev.lockstep.driver;

/** Workers, shards or the network are missing or lost. Says who, at which step and how long was waited. */
public final class ClusterException extends LockstepException {
    private final boolean loss;

    public ClusterException(String message) {
        this(message, null);
    }

    public ClusterException(String message, Throwable cause) {
        this(message, cause, /* loss */ false);
    }

    private ClusterException(String message, Throwable cause, boolean loss) {
        super(message, cause);
        this.loss = loss;
    }

    /** Somebody is gone who may be there again at another attempt. */
    public static ClusterException ofLoss(String message, Throwable cause) {
        return new ClusterException(message, cause, /* loss */ true);
    }

    /** Whether another attempt may do better; else it would fail in the same way. */
    public boolean isLoss() {
        return loss;
    }

    @Override
    public ExitCode exitCode() {
        return ExitCode.CLUSTER_FAILED;
    }
}

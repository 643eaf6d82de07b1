package dev.lockstep.params;

/** The job was given up. Carries the first cause that the coordinator heard of, the same in every process. */
public final class AbortException extends ParamException {
    /** What the first cause was about. */
    public enum Kind {
        /** The numbers: a loss or a gradient is not finite. */
        TRAINING,
        /** The examples or a checkpoint. */
        DATA,
        /** Workers, shards or the network. */
        CLUSTER
    }

    private final Kind kind;

    public AbortException(Kind kind, String reason) {
        super(Outcome.REFUSED, reason);
        this.kind = kind;
    }

    public Kind kind() {
        return kind;
    }
}

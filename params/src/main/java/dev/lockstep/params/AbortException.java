package dev.lockstep.params;

/** The job was given up. Carries the first cause that the coordinator heard of, the same in every process. */
public final class AbortException extends ParamException {
    /** What the first cause was about. */
    public enum Kind {
        /** The numbers: a loss or a gradient is not finite. */
        TRAINING,
        /** The examples or a checkpoint. */
        DATA,
        /** Workers, shards or the transport, in a way that another attempt would not cure. */
        CLUSTER,
        /** A worker, a shard or a link is gone, and may be there again at another attempt. */
        LOST
    }

    private final Kind kind;

    public AbortException(Kind kind, String reason) {
        this(kind, reason, null);
    }

    public AbortException(Kind kind, String reason, Throwable cause) {
        super(Outcome.REFUSED, reason, cause);
        this.kind = kind;
    }

    public Kind kind() {
        return kind;
    }

    /** What it is about when something goes wrong in a member's own code. */
    public static Kind kindOf(Throwable cause) {
        if (cause instanceof AbortException abort) {
            return abort.kind();
        }
        return cause instanceof ParamException known && known.outcome() != Outcome.REFUSED ? Kind.LOST : Kind.CLUSTER;
    }
}

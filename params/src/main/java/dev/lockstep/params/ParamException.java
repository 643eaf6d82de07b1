package dev.lockstep.params;

/** A request to a shard, a worker or the coordinator failed. The outcome says what the caller may do next. */
public class ParamException extends RuntimeException {
    /** What is known about the request that failed. */
    public enum Outcome {
        /** It never left this process: it can be repeated. */
        NOT_DONE,
        /** Nobody answered, so it may have happened. Repeating is harmless: a shard applies a step once. */
        UNKNOWN,
        /** The other side, or this machine, said no: repeating does not help. */
        REFUSED
    }

    private final Outcome outcome;

    public ParamException(Outcome outcome, String message) {
        this(outcome, message, null);
    }

    public ParamException(Outcome outcome, String message, Throwable cause) {
        super(message, cause);
        this.outcome = outcome;
    }

    public Outcome outcome() {
        return outcome;
    }
}

package dev.lockstep.optim.update;

/**
 * What became of one range's update.
 *
 * @param tensor index of the tensor with a non-finite gradient that the backward pass reached first, so the one nearest
 *     to the network's output; -1 where all are finite. With {@link Kind#REFUSED} and no round, it is the first of this
 *     range.
 */
public record Outcome(Kind kind, int tensor) {
    static final Outcome APPLIED = new Outcome(Kind.APPLIED, -1);

    static Outcome of(NonFinite rule, int tensor) {
        return new Outcome(rule == NonFinite.SKIP ? Kind.SKIPPED : Kind.REFUSED, tensor);
    }

    public enum Kind {
        /** Parameters and state have changed. */
        APPLIED,
        /** The gradient is not finite; nothing has changed in any range, and training may go on. */
        SKIPPED,
        /** The gradient is not finite; nothing has changed in this range, and training must end. */
        REFUSED
    }
}

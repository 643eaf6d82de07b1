package dev.lockstep.optim.update;

/** Told of the parameters that a step has changed, piece by piece, each while it is still in a core's cache. */
@FunctionalInterface
public interface Changes {
    /** From the first to the one after the last, as indices in the range's parameters. */
    void changed(int start, int end);
}

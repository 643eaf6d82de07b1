package dev.lockstep.params.sim;

import java.nio.FloatBuffer;

/** What a worker computes in a step, without a network. */
@FunctionalInterface
interface Share {
    /** Writes the gradient of the sum over one worker's share of a batch; returns how many examples it has. */
    int gradient(long step, int worker, int workers, int batch, FloatBuffer values, FloatBuffer gradient);

    /** The rows that a share names of a sparse parameter, rising. */
    default int[] rows(long step, int worker, int workers, int batch) {
        throw new UnsupportedOperationException("No parameter of this share is sparse");
    }
}

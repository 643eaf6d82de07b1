package dev.lockstep.params;

import java.io.Serializable;

/**
 * How much of its host's gradient a worker has pushed to shards on other hosts in a step, without heads of frames.
 *
 * @param sent bytes
 * @param whole what they would have been without compression
 */
public record PushedBytes(long sent, long whole) implements Serializable {
    public static final PushedBytes NONE = new PushedBytes(0, 0);

    public PushedBytes plus(PushedBytes other) {
        return new PushedBytes(sent + other.sent, whole + other.whole);
    }
}

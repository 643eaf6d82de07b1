package dev.lockstep.params.client;

import dev.lockstep.params.PushedBytes;
import dev.lockstep.params.wire.WordBuffer;

/** Counts what a leader pushes to shards on other hosts in a step; what is pushed again counts once. One thread. */
final class PushedWords {
    private long sent;
    private long whole;

    void clear() {
        this.sent = 0;
        this.whole = 0;
    }

    /** @param values that the words stand for */
    void add(int words, int values) {
        sent += words;
        whole += values;
    }

    PushedBytes bytes() {
        return new PushedBytes(sent * WordBuffer.WORD, whole * WordBuffer.WORD);
    }
}

package dev.lockstep.params.shard;

import dev.lockstep.params.wire.WordBuffer;
import java.util.ArrayDeque;

/** Arrays as long as a shard's longest range, shared by all its ranges and kept from step to step. One thread. */
final class Workspace {
    /** An array that a piece can be copied to from a frame. */
    record Array(float[] values, WordBuffer words) {
        static Array of(int length) {
            float[] values = new float[length];
            return new Array(values, WordBuffer.of(values));
        }
    }

    private final int length;
    private final Array scratch;
    private final ArrayDeque<Array> free = new ArrayDeque<>();

    /** @param length of the longest range */
    Workspace(int length) {
        this.length = length;
        this.scratch = Array.of(length);
    }

    /** For what is used up at once. */
    Array scratch() {
        return scratch;
    }

    /** For what arrives before its turn; at most one per worker and range is out. */
    Array take() {
        Array array = free.poll();
        return array == null ? Array.of(length) : array;
    }

    void giveBack(Array array) {
        free.push(array);
    }
}

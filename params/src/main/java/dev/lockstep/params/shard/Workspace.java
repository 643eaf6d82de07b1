package dev.lockstep.params.shard;

import dev.lockstep.params.wire.WordBuffer;
import java.util.ArrayDeque;
import org.agrona.collections.Int2ObjectHashMap;

/**
 * Arrays that a shard's ranges share and keep from step to step: what one has used last lies in the cache when the next
 * takes it. One thread.
 */
final class Workspace {
    /** An array that a piece can be copied to from a frame. */
    record Array(float[] values, WordBuffer words) {
        static Array of(int length) {
            float[] values = new float[length];
            return new Array(values, WordBuffer.of(values));
        }
    }

    private final Array scratch;
    private final Int2ObjectHashMap<ArrayDeque<Array>> free = new Int2ObjectHashMap<>();

    /** @param longest range */
    Workspace(int longest) {
        this.scratch = Array.of(longest);
    }

    /** As long as the longest range, for what is used up at once. */
    Array scratch() {
        return scratch;
    }

    /** For a range's sum, or what arrives before its turn: at most one per contributor and range is out. */
    Array take(int length) {
        Array array = freeOf(length).poll();
        return array == null ? Array.of(length) : array;
    }

    /** Takes back an array, or null where none was taken; returns null, for nobody to keep it. */
    Array giveBack(Array array) {
        if (array != null) {
            freeOf(array.values().length).push(array);
        }

        return null;
    }

    private ArrayDeque<Array> freeOf(int length) {
        ArrayDeque<Array> known = free.get(length);
        if (known == null) {
            known = new ArrayDeque<>();
            free.put(length, known);
        }

        return known;
    }
}

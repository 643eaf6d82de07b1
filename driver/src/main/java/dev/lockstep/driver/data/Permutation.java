package dev.lockstep.driver.data;

import dev.lockstep.params.init.SplitMix64;
import java.io.Serializable;

/**
 * An order of {@code size} things, fixed by a seed, that takes no memory: each index has its own position.
 *
 * <p>A balanced Feistel network of six rounds over the next even power of two; what falls outside is sent through again
 * until it falls inside (cycle walking, Black and Rogaway 2002), less than four times on average.
 */
public final class Permutation implements Serializable {
    private static final int ROUNDS = 6;

    private final long size;
    private final int halfBits;
    private final long[] keys;

    public Permutation(long size, long seed) {
        if (size < 0) {
            throw new IllegalArgumentException("size must be at least 0: size=" + size);
        }
        int bits = 64 - Long.numberOfLeadingZeros(Math.max(size - 1, 1));
        SplitMix random = new SplitMix(seed, size);
        this.size = size;
        this.halfBits = (bits + 1) / 2;
        this.keys = new long[ROUNDS];
        for (int round = 0; round < ROUNDS; round++) {
            keys[round] = random.next();
        }
    }

    /** Where {@code index} comes to lie. */
    public long position(long index) {
        requireInside(index);
        long mask = (1L << halfBits) - 1;
        long walker = index;
        do {
            long left = walker >>> halfBits;
            long right = walker & mask;
            for (long key : keys) {
                long swapped = left ^ (SplitMix64.mix(right + key) & mask);
                left = right;
                right = swapped;
            }
            walker = left << halfBits | right;
        } while (walker >= size);
        return walker;
    }

    private void requireInside(long index) {
        if (index < 0 || index >= size) {
            throw new IllegalArgumentException("index must be in [0, size): index=" + index + ", size=" + size);
        }
    }
}

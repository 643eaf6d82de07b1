package dev.lockstep.driver.data;

/**
 * SplitMix64 (Steele, Lea, Flood 2014): a stream of random bits that any set of numbers can start. The same on every
 * machine. Not thread-safe.
 */
final class SplitMix {
    private static final long GOLDEN = 0x9E3779B97F4A7C15L;

    private long state;

    /** The stream that belongs to {@code seed} and {@code path}, such as (epoch, slice). */
    SplitMix(long seed, long... path) {
        long state = mix(seed + GOLDEN);
        for (long part : path) {
            state = mix(state ^ mix(part + GOLDEN));
        }
        this.state = state;
    }

    static long mix(long bits) {
        long z = (bits ^ (bits >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }

    long next() {
        state += GOLDEN;
        return mix(state);
    }

    /** In [0, bound); uneven by less than bound / 2³². */
    int below(int bound) {
        return (int) ((next() >>> 32) * bound >>> 32);
    }
}

package dev.lockstep.driver.data;

import dev.lockstep.params.init.SplitMix64;

/**
 * SplitMix64 (Steele, Lea, Flood 2014): a stream of random bits that any set of numbers can start. The same on every
 * machine. Not thread-safe.
 */
final class SplitMix {
    private long state;

    /** The stream that belongs to {@code seed} and {@code path}, such as (epoch, slice). */
    SplitMix(long seed, long... path) {
        long state = SplitMix64.mix(seed + SplitMix64.GAMMA);
        for (long part : path) {
            state = SplitMix64.mix(state ^ SplitMix64.mix(part + SplitMix64.GAMMA));
        }
        this.state = state;
    }

    long next() {
        state += SplitMix64.GAMMA;
        return SplitMix64.mix(state);
    }

    /** In [0, bound); uneven by less than bound / 2³². */
    int below(int bound) {
        return (int) ((next() >>> 32) * bound >>> 32);
    }
}

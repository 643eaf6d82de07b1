package dev.lockstep.driver.train;

/**
 * The seed of everything random that one worker does in one step, so that a repeated or resumed step draws the same.
 */
final class StepSeed {
    private static final long GOLDEN = 0x9E3779B97F4A7C15L;

    private StepSeed() {}

    static long of(long seed, long step, int worker) {
        return mix(mix(mix(seed + GOLDEN) ^ step) + worker * GOLDEN);
    }

    /** The finalizer of SplitMix64 (Steele, Lea, Flood 2014). */
    private static long mix(long bits) {
        long z = (bits ^ (bits >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }
}

package dev.lockstep.params.init;

import java.nio.charset.StandardCharsets;

/**
 * Random numbers with an index: draw i can be had without the draws before it. Immutable.
 *
 * <pre>
 *   bits(i) = mix(key + (i + 1) · γ)          γ = 0x9E3779B97F4A7C15
 *   key     = mix(mix(seed + γ) ⊕ FNV-1a(name))
 * </pre>
 *
 * This is SplitMix64 (Steele, Lea and Flood 2014) read as a counter-based generator, with its key derived from the seed
 * and a 64-bit hash of the name. It is written out here, and uses {@link StrictMath}, because the numbers must not
 * change with the JDK or the processor.
 */
public final class Draws {
    private static final long FNV_BASIS = 0xCBF29CE484222325L;
    private static final long FNV_PRIME = 0x100000001B3L;
    private static final double UNIT = 0x1p-52;

    private final long key;

    Draws(long key) {
        this.key = key;
    }

    /** The draws that belong to a name, such as a parameter's, under a seed. */
    public static Draws of(long seed, String name) {
        return new Draws(SplitMix64.mix(SplitMix64.mix(seed + SplitMix64.GAMMA) ^ hash(name)));
    }

    /** Other draws, for a second purpose under the same seed and name. */
    public Draws fork(long purpose) {
        return new Draws(SplitMix64.mix(key ^ SplitMix64.mix(purpose + SplitMix64.GAMMA)));
    }

    /** 64 random bits. */
    public long bits(long index) {
        return SplitMix64.mix(key + (index + 1) * SplitMix64.GAMMA);
    }

    /** Uniform between 0 and 1, both excluded; symmetric around a half. */
    public double uniform(long index) {
        return ((bits(index) >>> 12) + 0.5) * UNIT;
    }

    /** Standard normal, by inversion: one draw, one number. */
    public double normal(long index) {
        return Gaussian.quantile(uniform(index));
    }

    /** A whole number from 0 to {@code bound - 1}. */
    public int below(int bound, long index) {
        return (int) (uniform(index) * bound);
    }

    private static long hash(String name) {
        long hash = FNV_BASIS;
        for (byte b : name.getBytes(StandardCharsets.UTF_8)) {
            hash = (hash ^ (b & 0xFF)) * FNV_PRIME;
        }

        return hash;
    }
}

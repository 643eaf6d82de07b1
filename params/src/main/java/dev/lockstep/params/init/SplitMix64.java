package dev.lockstep.params.init;

/**
 * What all random numbers of Lockstep are made of: the finalizer of SplitMix64 (Steele, Lea and Flood 2014), a
 * bijection of 64 bits in which each bit of the result depends on each of the argument. Written out here, because the
 * numbers must not change with the JDK.
 */
public final class SplitMix64 {
    /** 2⁶⁴ / φ, made odd: steps by it visit all 64-bit numbers far from one another. */
    public static final long GAMMA = 0x9E3779B97F4A7C15L;

    private SplitMix64() {}

    public static long mix(long bits) {
        long z = (bits ^ (bits >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }
}

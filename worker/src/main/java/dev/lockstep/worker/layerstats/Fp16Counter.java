package dev.lockstep.worker.layerstats;

/** Counts which of the values that come piece by piece fp16 cannot hold. Not thread-safe. */
final class Fp16Counter {
    /** Half way from the largest number to where the next would be; ties go to even, which is the next. */
    private static final double TO_INFINITY = 65520;
    /** Half way from the smallest number to 0, which is even. */
    private static final double TO_ZERO = 0x1p-25;
    /** Half way from the largest subnormal number to the smallest normal one, which is even. */
    private static final double TO_SUBNORMAL = 0x1p-14 - 0x1p-25;

    private long count;
    private long infinite;
    private long zero;
    private long subnormal;

    void add(double[] values) {
        count += values.length;
        for (double value : values) {
            double size = Math.abs(value);
            if (size >= TO_INFINITY) {
                infinite++;
            } else if (size > 0 && size < TO_SUBNORMAL) {
                zero += size <= TO_ZERO ? 1 : 0;
                subnormal += size <= TO_ZERO ? 0 : 1;
            }
        }
    }

    Fp16Shares shares() {
        if (count == 0) {
            return Fp16Shares.NONE;
        }
        return new Fp16Shares((double) infinite / count, (double) zero / count, (double) subnormal / count);
    }
}

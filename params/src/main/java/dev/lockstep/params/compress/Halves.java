package dev.lockstep.params.compress;

/** Values of 16 bits, two a word, the first in the lower half. */
final class Halves {
    private Halves() {}

    static int words(int count) {
        return (count + 1) / 2;
    }

    static int at(int[] words, int i) {
        return words[i >> 1] >>> ((i & 1) << 4) & 0xFFFF;
    }

    /** The nearest value that is not beyond a limit; infinity and NaN as they are. */
    static float within(float largest, float value) {
        boolean beyond = Math.abs(value) > largest && Math.abs(value) < Float.POSITIVE_INFINITY;
        return beyond ? Math.copySign(largest, value) : value;
    }
}

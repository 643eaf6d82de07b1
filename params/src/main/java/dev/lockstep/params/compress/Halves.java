package dev.lockstep.params.compress;

/** Values of 16 bits, two a word, the first in the lower half. */
final class Halves {
    private Halves() {}

    /** From a float to 16 bits. */
    interface Narrowing {
        int bits(float value);
    }

    /** And back. */
    interface Widening {
        float value(int bits);
    }

    /** Replaces values by what their 16 bits leave out; returns how many words these take. */
    static int compress(float[] values, int[] words, Narrowing to, Widening from) {
        for (int i = 0; i + 1 < values.length; i += 2) {
            int low = to.bits(values[i]);
            int high = to.bits(values[i + 1]);
            words[i >> 1] = low | high << 16;
            values[i] -= from.value(low);
            values[i + 1] -= from.value(high);
        }

        if ((values.length & 1) != 0) {
            int last = values.length - 1;
            words[last >> 1] = to.bits(values[last]);
            values[last] -= from.value(words[last >> 1]);
        }

        return words(values.length);
    }

    static void expand(int[] words, int count, float[] into, Widening from) {
        for (int i = 0; i < count; i++) {
            into[i] = from.value(at(words, i));
        }
    }

    static int words(int count) {
        return (count + 1) / 2;
    }

    private static int at(int[] words, int i) {
        return words[i >> 1] >>> ((i & 1) << 4) & 0xFFFF;
    }

    /** The nearest value that is not beyond a limit; infinity and NaN as they are. */
    static float within(float largest, float value) {
        boolean beyond = Math.abs(value) > largest && Math.abs(value) < Float.POSITIVE_INFINITY;
        return beyond ? Math.copySign(largest, value) : value;
    }
}

package dev.lockstep.params.compress;

/** Every value as it is, a word each. */
public record NoCompression() implements Compression {
    @Override
    public int longest(int count) {
        return count;
    }

    @Override
    public int compress(float[] values, double unit, int[] words) {
        for (int i = 0; i < values.length; i++) {
            words[i] = Float.floatToRawIntBits(values[i]);
            values[i] = 0;
        }

        return values.length;
    }

    @Override
    public int length(int count, int firstWord) {
        return count;
    }

    @Override
    public void expand(int[] words, int count, float[] into) {
        for (int i = 0; i < count; i++) {
            into[i] = Float.intBitsToFloat(words[i]);
        }
    }
}

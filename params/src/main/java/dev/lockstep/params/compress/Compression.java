package dev.lockstep.params.compress;

import java.io.Serializable;

/**
 * How a gradient that crosses a network is said in fewer words of four bytes. Immutable and thread-safe; the same
 * values always give the same words.
 *
 * <p>What {@link #compress} leaves in the values, and what {@link #expand} makes of the words, add up to the values.
 * NaN and infinity show in what is sent, because the receiver has to refuse them: of a gradient with such a value the
 * rest need not be right.
 */
public interface Compression extends Serializable {
    /** Words of the longest list that so many values can need. */
    int longest(int count);

    /**
     * Writes values as words and leaves in their place what the words do not say.
     *
     * @param values v before, v − sent after
     * @param unit what the values are a multiple of: the weight of the examples that they are the sum over, or one
     * @param words at least as long as {@link #longest}
     * @return how many words there are
     */
    int compress(float[] values, double unit, int[] words);

    /**
     * Words of the list that begins with this one.
     *
     * @throws dev.lockstep.params.ProtocolException if no list of so many values begins so
     */
    int length(int count, int firstWord);

    /**
     * Fills the first values of an array with what a whole list says.
     *
     * @throws dev.lockstep.params.ProtocolException if it is no list of so many values
     */
    void expand(int[] words, int count, float[] into);
}

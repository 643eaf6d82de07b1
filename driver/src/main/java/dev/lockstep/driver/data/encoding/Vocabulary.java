package dev.lockstep.driver.data.encoding;

import java.io.Serializable;
import java.util.HashSet;
import java.util.List;

/**
 * The categories of a column, as they are in the training data. Immutable.
 *
 * @param width numbers of the vector of each
 * @param sparse whether the gradient by the vectors is a list of rows
 * @param words in the order of their numbers from 1; 0 is of values that are not there or not known
 * @param file that has the words in their place, beside the one that has all else; null for none
 */
public record Vocabulary(String column, int width, boolean sparse, List<String> words, String file)
        implements Serializable {
    /** The number of what is not there or not known. */
    public static final int UNKNOWN = 0;

    public Vocabulary {
        words = List.copyOf(words);
        if (width < 1) {
            throw new IllegalArgumentException("width must be at least 1: width=" + width);
        }
        if (new HashSet<>(words).size() < words.size()) {
            throw new IllegalArgumentException("words must differ from one another: column=" + column);
        }
    }

    public Vocabulary(String column, int width, boolean sparse, List<String> words) {
        this(column, width, sparse, words, null);
    }

    /** Categories, the unknown one among them. */
    public int rows() {
        return words.size() + 1;
    }

    /** The same with its words in a file. */
    public Vocabulary in(String another) {
        return new Vocabulary(column, width, sparse, List.of(), another);
    }

    /** The same with words that a file had. */
    public Vocabulary of(List<String> found) {
        return new Vocabulary(column, width, sparse, found);
    }
}

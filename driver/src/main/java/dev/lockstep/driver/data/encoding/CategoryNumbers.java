package dev.lockstep.driver.data.encoding;

import java.io.Serializable;
import java.util.HashMap;
import java.util.Map;

/**
 * Finds the number of a category. Immutable, so that all tasks of a process may share it. A plain final class and not a
 * record, because Spark's Kryo cannot write records.
 */
public final class CategoryNumbers implements Serializable {
    private final Map<String, Integer> numbers;

    public CategoryNumbers(Vocabulary vocabulary) {
        // Sized for what comes, as there may be millions.
        this.numbers = new HashMap<>(vocabulary.words().size() * 4 / 3 + 1);
        vocabulary.words().forEach(word -> numbers.put(word, numbers.size() + 1));
    }

    /** @param word as {@link CategoryWord#of} gives it; null for none */
    public int of(String word) {
        return numbers.getOrDefault(word, Vocabulary.UNKNOWN);
    }
}

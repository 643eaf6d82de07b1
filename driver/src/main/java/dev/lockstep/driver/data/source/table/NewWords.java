package dev.lockstep.driver.data.source.table;

import dev.lockstep.driver.data.encoding.Vocabulary;
import java.util.HashMap;
import java.util.Map;

/**
 * Numbers the words of a block as they come, while nobody knows yet which of them there are in the training data. One
 * thread.
 */
final class NewWords implements CategoryColumn.Words {
    private final Map<String, Integer> numbers = new HashMap<>();

    @Override
    public int of(String word) {
        if (word == null) {
            return Vocabulary.UNKNOWN;
        }
        Integer known = numbers.get(word);
        if (known == null) {
            known = numbers.size() + 1;
            numbers.put(word, known);
        }
        return known;
    }

    /** The words by their numbers, the first of which is null; forgets them. */
    String[] take() {
        String[] words = new String[numbers.size() + 1];
        numbers.forEach((word, number) -> words[number] = word);
        numbers.clear();
        return words;
    }
}

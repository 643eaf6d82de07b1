package dev.lockstep.driver.data.source.table;

import dev.lockstep.driver.data.rows.BlockWords;
import java.io.Serializable;
import java.util.List;

/**
 * Where in the rows of a table stands what is read of them.
 *
 * @param groups features, one group after the other
 * @param categories whose numbers stand behind those of each group
 * @param label empty where none is read
 * @param weight null where all rows count the same
 * @param corrupt cell with the text of rows that could not be taken apart, -1 if there is none
 * @param headed whether the first row of each file is its header
 * @param header the names that it must have
 */
record RowColumns(
        List<List<Column>> groups,
        List<CategoryColumn> categories,
        List<Column> label,
        Column weight,
        int corrupt,
        boolean headed,
        List<HeaderCell> header)
        implements Serializable {

    /** Features alone. */
    RowColumns(List<List<Column>> groups, List<CategoryColumn> categories) {
        this(groups, categories, List.of(), null, /* corrupt */ -1, /* headed */ false, List.of());
    }

    /** The words that {@link NewWords} found since the last call; null where words have their numbers. */
    BlockWords takeWords() {
        boolean known = categories.stream().noneMatch(each -> each.words() instanceof NewWords);
        return known
                ? null
                : new BlockWords(categories.stream()
                        .map(each -> ((NewWords) each.words()).take())
                        .toArray(String[][]::new));
    }
}

package dev.lockstep.driver.data.source.table;

import dev.lockstep.driver.DataException;
import dev.lockstep.driver.data.encoding.CategoryNumbers;
import dev.lockstep.driver.data.encoding.Vocabulary;
import dev.lockstep.driver.data.rows.Selection;
import dev.lockstep.driver.job.Category;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * The columns of categories of a table.
 *
 * @param wanted settings by name, where the words are still to be found
 * @param known by the same order, where a model has found them; one of the two is empty
 */
record CategoryColumns(Map<String, Category> wanted, List<Vocabulary> known) {
    static CategoryColumns of(Selection selection, ColumnNames names) {
        List<Vocabulary> known = selection.encoding().categories();
        if (!known.isEmpty()) {
            names.find(known.stream().map(Vocabulary::column).toList());
            return new CategoryColumns(Map.of(), known);
        }
        Map<String, Category> wanted = new LinkedHashMap<>();
        selection.categories().columns().forEach((columns, category) -> {
            for (String name : names.find(List.of(columns))) {
                if (wanted.put(name, category) != null) {
                    throw new DataException(
                            "Column of categories must be named once: column=" + name + ", again in=" + columns);
                }
            }
        });
        return new CategoryColumns(wanted, known);
    }

    List<String> names() {
        return known.isEmpty()
                ? List.copyOf(wanted.keySet())
                : known.stream().map(Vocabulary::column).toList();
    }

    int count() {
        return wanted.size() + known.size();
    }

    /** @param others columns that are read as something else, as messages call them */
    void requireNoneOf(List<String> others, String what) {
        List<String> twice = new ArrayList<>(names());
        twice.retainAll(others);
        if (!twice.isEmpty()) {
            throw new DataException("Column must be a category or a " + what + ": columns=" + twice);
        }
    }

    /** @param columns that were found, in the order of {@link #names} */
    List<CategoryColumn> read(List<Column> columns) {
        return IntStream.range(0, columns.size())
                .mapToObj(i -> new CategoryColumn(columns.get(i), words(i)))
                .toList();
    }

    private CategoryColumn.Words words(int place) {
        return known.isEmpty() ? new NewWords() : new CategoryNumbers(known.get(place))::of;
    }
}

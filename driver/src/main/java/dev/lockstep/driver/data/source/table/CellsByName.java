package dev.lockstep.driver.data.source.table;

import dev.lockstep.driver.data.encoding.CategoryNumbers;
import dev.lockstep.driver.data.encoding.CategoryWord;
import dev.lockstep.driver.data.rows.BadValueException;
import dev.lockstep.driver.data.rows.CellNumbers;
import dev.lockstep.driver.data.rows.DoubleList;
import java.lang.reflect.Array;
import java.sql.Date;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/**
 * Reads the numbers of an example from cells that have names, as programs without Spark have them. Takes of a cell what
 * a table's may hold, arrays and lists of numbers too. Immutable.
 *
 * @param groups names of the columns of numbers, input by input
 * @param categories names of the columns of categories, whose numbers come behind each group's
 * @param numbers of each category
 * @param width of a group and its categories
 * @param fills whether a gap is NaN, which is filled later; else it is refused
 */
public record CellsByName(
        List<List<String>> groups, List<String> categories, List<CategoryNumbers> numbers, int width, boolean fills) {
    private static final List<Class<?>> TIMES = List.of(
            Timestamp.class, Date.class, LocalDate.class, LocalDateTime.class, OffsetDateTime.class, Instant.class);

    /**
     * The numbers, group after group.
     *
     * @param place of the example among others, from 0, for messages
     * @throws IllegalArgumentException if a column is missing or a cell cannot be used
     */
    public double[] read(Map<String, ?> row, int place) {
        DoubleList into = new DoubleList();
        for (List<String> group : groups) {
            int end = into.size() + width;
            for (String column : group) {
                add(cell(row, column, place), column, place, into);
            }
            for (int i = 0; i < categories.size(); i++) {
                into.add(numbers.get(i).of(CategoryWord.of(cell(row, categories.get(i), place))));
            }
            if (into.size() != end) {
                throw new IllegalArgumentException(
                        "Example must have as many numbers as the model takes: row=" + (place + 1) + ", columns="
                                + group + ", numbers=" + (into.size() - end + width) + ", wanted=" + width);
            }
        }
        return Arrays.copyOf(into.array(), into.size());
    }

    private static Object cell(Map<String, ?> row, String column, int place) {
        if (!row.containsKey(column)) {
            throw new IllegalArgumentException("Example must have every column of the model: row=" + (place + 1)
                    + ", missing=" + column + ", columns=" + row.keySet() + ". What is not known is null.");
        }
        return row.get(column);
    }

    private void add(Object cell, String column, int place, DoubleList into) {
        if (cell instanceof Collection<?> several) {
            several.forEach(each -> add(each, column, place, into));
        } else if (cell != null && cell.getClass().isArray()) {
            for (int i = 0; i < Array.getLength(cell); i++) {
                add(Array.get(cell, i), column, place, into);
            }
        } else {
            into.add(number(cell, column, place));
        }
    }

    private double number(Object cell, String column, int place) {
        if (CellNumbers.isGap(cell) && fills) {
            return Double.NaN;
        }
        try {
            if (CellNumbers.isGap(cell)) {
                throw CellNumbers.gap(cell, column);
            }
            if (!isReadable(cell)) {
                throw new BadValueException("Value must be a number, a truth value, a time or text", column, cell);
            }
            return CellNumbers.of(cell, column);
        } catch (BadValueException e) {
            throw new IllegalArgumentException(e.badValue().describe("source=given", place + 1L), e);
        }
    }

    private static boolean isReadable(Object cell) {
        return cell instanceof Number
                || cell instanceof Boolean
                || cell instanceof String
                || TIMES.stream().anyMatch(type -> type.isInstance(cell));
    }
}

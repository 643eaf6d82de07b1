package dev.lockstep.driver.template;

import dev.lockstep.driver.data.rows.Times;
import dev.lockstep.driver.template.TableColumn.Kind;
import java.io.Serializable;
import java.util.HashSet;
import java.util.Set;

/**
 * What a column's cells have shown so far; two parts of a column are put together by {@link #merge}. A plain class,
 * because Spark sends it. Not thread-safe.
 */
final class ColumnLook implements Serializable {
    /** Of different values; more are of no interest, and of a table of any length not kept. */
    static final int MOST = 10_000;

    private final Kind kind;
    private final Set<Object> values = new HashSet<>();
    private long present;
    private long numbers;
    private String firstWord;
    private String lastWord;
    private String odd;

    ColumnLook(Kind kind) {
        this.kind = kind;
    }

    void add(Object cell) {
        if (cell == null || isNaN(cell) || cell instanceof String text && text.isBlank()) {
            return;
        }
        present++;
        if (kind == Kind.VECTOR || kind == Kind.OTHER) {
            return;
        }
        add(Set.of(cell));
        if (cell instanceof String text) {
            if (isNumber(text)) {
                numbers++;
            } else if (OddText.is(text)) {
                odd(text);
            } else {
                word(text);
            }
        }
    }

    private void odd(String text) {
        odd = odd == null || text.compareTo(odd) < 0 ? text : odd;
    }

    private void add(Set<Object> more) {
        for (Object value : more) {
            if (values.size() <= MOST) {
                values.add(value);
            }
        }
    }

    private void word(String text) {
        firstWord = firstWord == null || text.compareTo(firstWord) < 0 ? text : firstWord;
        lastWord = lastWord == null || text.compareTo(lastWord) > 0 ? text : lastWord;
    }

    ColumnLook merge(ColumnLook other) {
        present += other.present;
        numbers += other.numbers;
        add(other.values);
        if (other.firstWord != null) {
            word(other.firstWord);
            word(other.lastWord);
        }
        if (other.odd != null) {
            odd(other.odd);
        }
        return this;
    }

    TableColumn column(String name, long rows) {
        String word = firstWord == null ? "" : firstWord.equals(lastWord) ? firstWord : null;
        boolean isText = word == null || numbers == 0 && odd == null;
        return new TableColumn(
                name, kind, values.size(), rows - present, isText || odd != null ? null : word, isText ? null : odd);
    }

    private static boolean isNaN(Object cell) {
        return cell instanceof Double number && number.isNaN() || cell instanceof Float single && single.isNaN();
    }

    private static boolean isNumber(String text) {
        if (Times.isReadable(text)) {
            return true;
        }
        char first = text.strip().charAt(0);
        if (first != '-' && first != '+' && first != '.' && !Character.isDigit(first)) {
            return false;
        }
        try {
            return Double.isFinite(Double.parseDouble(text.strip()));
        } catch (NumberFormatException e) {
            return false;
        }
    }
}

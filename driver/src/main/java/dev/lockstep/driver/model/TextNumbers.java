package dev.lockstep.driver.model;

import dev.lockstep.driver.data.source.SourceRows;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;

/**
 * Which columns of text, as a csv file's all are, hold numbers alone, written as a number is. What would be another
 * text as a number, as {@code 007} or an identifier of twenty digits, stays text.
 *
 * @param types of these columns, by name
 */
record TextNumbers(Map<String, DataType> types) {
    private static final Pattern WHOLE = Pattern.compile("-?(0|[1-9]\\d{0,17})");
    private static final Pattern DECIMAL = Pattern.compile("-?(0|[1-9]\\d*)(\\.\\d+)?([eE][-+]?\\d{1,3})?");
    /** Decimal digits that a double surely keeps. */
    private static final int KEPT = 15;

    /** What a column holds; one of several is the last of them. */
    private enum Kind {
        NOTHING,
        WHOLE,
        DECIMAL,
        TEXT
    }

    /** Looks at all rows of a table. */
    static TextNumbers in(Dataset<Row> table) {
        int[] texts = IntStream.range(0, table.columns().length)
                .filter(place -> table.schema().apply(place).dataType().equals(DataTypes.StringType))
                .toArray();
        Kind[] kinds = table.javaRDD()
                .mapPartitions(rows -> List.<Kind[]>of(kinds(rows, texts)).iterator())
                .fold(nothing(texts), TextNumbers::both);
        Map<String, DataType> types = new HashMap<>();
        for (int i = 0; i < texts.length; i++) {
            if (kinds[i] == Kind.WHOLE || kinds[i] == Kind.DECIMAL) {
                types.put(
                        table.columns()[texts[i]], kinds[i] == Kind.WHOLE ? DataTypes.LongType : DataTypes.DoubleType);
            }
        }
        return new TextNumbers(types);
    }

    /** The same rows with numbers for the text of these columns, as far as the rows have them. */
    Dataset<Row> put(Dataset<Row> rows) {
        return rows.select(Arrays.stream(rows.columns()).map(this::column).toArray(Column[]::new));
    }

    private Column column(String name) {
        Column column = SourceRows.column(name);
        return types.containsKey(name) ? column.cast(types.get(name)).as(name) : column;
    }

    private static Kind[] nothing(int[] texts) {
        return Arrays.stream(texts).mapToObj(place -> Kind.NOTHING).toArray(Kind[]::new);
    }

    private static Kind[] kinds(Iterator<Row> rows, int[] texts) {
        Kind[] kinds = nothing(texts);
        while (rows.hasNext()) {
            Row row = rows.next();
            for (int i = 0; i < texts.length; i++) {
                if (kinds[i] != Kind.TEXT && !row.isNullAt(texts[i])) {
                    kinds[i] = more(kinds[i], kind(row.getString(texts[i])));
                }
            }
        }
        return kinds;
    }

    private static Kind[] both(Kind[] some, Kind[] others) {
        return IntStream.range(0, some.length)
                .mapToObj(i -> more(some[i], others[i]))
                .toArray(Kind[]::new);
    }

    private static Kind more(Kind one, Kind other) {
        return one.compareTo(other) > 0 ? one : other;
    }

    private static Kind kind(String text) {
        if (WHOLE.matcher(text).matches()) {
            return Kind.WHOLE;
        }
        boolean isKept = text.length() <= KEPT || isTextOf(text);
        return isKept && DECIMAL.matcher(text).matches() ? Kind.DECIMAL : Kind.TEXT;
    }

    private static boolean isTextOf(String text) {
        try {
            return Double.toString(Double.parseDouble(text)).equals(text);
        } catch (NumberFormatException e) {
            return false;
        }
    }
}

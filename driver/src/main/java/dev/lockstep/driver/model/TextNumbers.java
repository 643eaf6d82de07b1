package dev.lockstep.driver.model;

import dev.lockstep.driver.data.source.SourceRows;
import java.math.BigDecimal;
import java.math.MathContext;
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
    private static final Pattern WHOLE = Pattern.compile("0|-?[1-9]\\d{0,17}");
    private static final Pattern DECIMAL = Pattern.compile("-?(0|[1-9]\\d*)(\\.\\d+)?([eE][-+]?\\d{1,3})?");
    /** Decimal digits that a double surely keeps. */
    private static final int KEPT = 15;

    /** What a column holds: of several the last one, or text where none has room for both. */
    private enum Kind {
        NOTHING,
        WHOLE,
        /** With more digits than a double keeps. */
        LONG,
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
            String name = table.columns()[texts[i]];
            switch (kinds[i]) {
                case WHOLE, LONG -> types.put(name, DataTypes.LongType);
                case DECIMAL -> types.put(name, DataTypes.DoubleType);
                case NOTHING, TEXT -> {
                    // Stays as it is.
                }
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
        if (one == Kind.LONG && other == Kind.DECIMAL || one == Kind.DECIMAL && other == Kind.LONG) {
            return Kind.TEXT;
        }
        return one.compareTo(other) > 0 ? one : other;
    }

    private static Kind kind(String text) {
        if (WHOLE.matcher(text).matches()) {
            return text.length() <= KEPT ? Kind.WHOLE : Kind.LONG;
        }
        return DECIMAL.matcher(text).matches() && isKept(text) ? Kind.DECIMAL : Kind.TEXT;
    }

    private static boolean isKept(String text) {
        double number = Double.parseDouble(text);
        if (!Double.isFinite(number) || text.length() <= KEPT) {
            return Double.isFinite(number);
        }
        BigDecimal written = new BigDecimal(text);
        return new BigDecimal(number)
                        .round(new MathContext(written.precision()))
                        .compareTo(written)
                == 0;
    }
}

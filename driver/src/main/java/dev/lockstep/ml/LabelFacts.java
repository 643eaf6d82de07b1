package dev.lockstep.ml;

import static org.apache.spark.sql.functions.abs;
import static org.apache.spark.sql.functions.avg;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.countDistinct;
import static org.apache.spark.sql.functions.datediff;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.floor;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.stddev_pop;

import dev.lockstep.driver.DataException;
import dev.lockstep.driver.data.encoding.ClassNames;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DateType;
import org.apache.spark.sql.types.Metadata;
import org.apache.spark.sql.types.NumericType;
import org.apache.spark.sql.types.StringType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.types.TimestampNTZType;

/**
 * What has to be known of the labels before a network can be made.
 *
 * @param rows to train on
 * @param outputs of the network: classes, or 1
 * @param mean of the labels; 0 where they are classes
 * @param deviation of the labels, above 0; 1 where they are classes
 */
record LabelFacts(long rows, int outputs, double mean, double deviation) {
    private static final String ATTRIBUTE = "ml_attr";
    /** As many as may have names. */
    private static final int MANY_CLASSES = 10_000;

    private static final double SECONDS_OF_A_DAY = 86_400;

    /** Labels of classes: the column's metadata tell how many, else the greatest number, else how many differ. */
    static LabelFacts ofClasses(Dataset<Row> rows, String label) {
        StructField field = rows.schema().apply(label);
        Column cell = col(quoted(label));
        int told = told(field.metadata());
        if (told > 0) {
            return ofClasses(rows.count(), told);
        }
        if (!(field.dataType() instanceof NumericType)) {
            List<String> texts = rows.filter(cell.isNotNull())
                    .select(cell.cast("string"))
                    .distinct()
                    .limit(MANY_CLASSES + 1)
                    .as(Encoders.STRING())
                    .collectAsList();
            return ofClasses(
                    rows.count(), ClassNames.of(texts, field.dataType()).size());
        }
        Column number = cell.cast("double");
        Row seen = rows.agg(
                        count(lit(1)),
                        countDistinct(cell),
                        min(number),
                        max(number),
                        max(abs(number.minus(floor(number)))))
                .head();
        boolean numbered = !seen.isNullAt(2) && seen.getDouble(2) >= 0 && seen.getDouble(4) == 0;
        if (numbered) {
            requireUsed(label, seen.getDouble(3), seen.getLong(1));
        }
        return ofClasses(seen.getLong(0), numbered ? (long) seen.getDouble(3) + 1 : seen.getLong(1));
    }

    /** Refuses identifiers, which would make a network with an output for each number up to the greatest. */
    private static void requireUsed(String label, double greatest, long different) {
        if (greatest >= MANY_CLASSES && greatest >= 2.0 * different) {
            throw new DataException("Labels that are class numbers must mostly occur: labelCol=" + label
                    + ", greatest=" + (long) greatest + ", different=" + different
                    + ". Number them from 0 with StringIndexer, or cast them to text.");
        }
    }

    private static LabelFacts ofClasses(long rows, long classes) {
        return new LabelFacts(rows, (int) Math.max(2, Math.min(classes, Integer.MAX_VALUE)), /* mean */ 0, 1);
    }

    /** Labels that are numbers. */
    static LabelFacts ofNumbers(Dataset<Row> rows, String label) {
        Column number = number(rows.schema(), label);
        Row seen = rows.agg(count(lit(1)), avg(number), stddev_pop(number), count(number))
                .head();
        long count = seen.getLong(0);
        boolean known = count > 0
                && count == seen.getLong(3)
                && Double.isFinite(seen.getDouble(1))
                && Double.isFinite(seen.getDouble(2));
        if (!known) {
            // A label that is no number is told of when the rows are read.
            return new LabelFacts(count, 1, /* mean */ 0, 1);
        }
        double mean = seen.getDouble(1);
        double deviation = seen.getDouble(2) > 0 ? seen.getDouble(2) : Math.max(1, Math.ulp((float) mean));
        return new LabelFacts(count, 1, mean, deviation);
    }

    /** The cells of a column as numbers, as training reads them; null where they are none. */
    static Column number(StructType table, String column) {
        Column cell = col(quoted(column));
        DataType type = table.apply(column).dataType();
        if (type instanceof DateType) {
            return datediff(cell, lit("1970-01-01").cast("date")).multiply(lit(SECONDS_OF_A_DAY));
        }
        if (type instanceof TimestampNTZType) {
            return concat(cell.cast("string"), lit("Z")).cast("timestamp").cast("double");
        }
        return type instanceof StringType ? expr("try_cast(" + quoted(column) + " as double)") : cell.cast("double");
    }

    /** How many classes spark.ml's attributes of the column name; 0 where they say nothing. */
    private static int told(Metadata metadata) {
        if (!metadata.contains(ATTRIBUTE)) {
            return 0;
        }
        Metadata attribute = metadata.getMetadata(ATTRIBUTE);
        if (attribute.contains("vals")) {
            return attribute.getStringArray("vals").length;
        }
        if (attribute.contains("num_vals")) {
            return (int) attribute.getLong("num_vals");
        }
        return attribute.contains("type") && attribute.getString("type").equals("binary") ? 2 : 0;
    }

    /** As Spark's expressions want a name that may have dots. */
    static String quoted(String column) {
        return "`" + column.replace("`", "``") + "`";
    }
}

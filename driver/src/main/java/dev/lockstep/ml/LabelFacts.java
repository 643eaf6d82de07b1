package dev.lockstep.ml;

import static org.apache.spark.sql.functions.abs;
import static org.apache.spark.sql.functions.avg;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.countDistinct;
import static org.apache.spark.sql.functions.floor;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.stddev_pop;

import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.Metadata;
import org.apache.spark.sql.types.NumericType;
import org.apache.spark.sql.types.StructField;

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

    /** Labels of classes: the column's metadata tell how many, else the greatest number, else how many differ. */
    static LabelFacts ofClasses(Dataset<Row> rows, String label) {
        StructField field = rows.schema().apply(label);
        Column cell = col(quoted(label));
        int told = told(field.metadata());
        if (told > 0) {
            return ofClasses(rows.count(), told);
        }
        if (!(field.dataType() instanceof NumericType)) {
            Row seen = rows.agg(count(lit(1)), countDistinct(cell)).head();
            return ofClasses(seen.getLong(0), seen.getLong(1));
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
        return ofClasses(seen.getLong(0), numbered ? (long) seen.getDouble(3) + 1 : seen.getLong(1));
    }

    private static LabelFacts ofClasses(long rows, long classes) {
        return new LabelFacts(rows, (int) Math.max(2, Math.min(classes, Integer.MAX_VALUE)), /* mean */ 0, 1);
    }

    /** Labels that are numbers. */
    static LabelFacts ofNumbers(Dataset<Row> rows, String label) {
        Column number = col(quoted(label)).cast("double");
        Row seen = rows.agg(count(lit(1)), avg(number), stddev_pop(number)).head();
        boolean spread = !seen.isNullAt(2) && seen.getDouble(2) > 0 && Double.isFinite(seen.getDouble(2));
        return spread
                ? new LabelFacts(seen.getLong(0), 1, seen.getDouble(1), seen.getDouble(2))
                : new LabelFacts(seen.getLong(0), 1, /* mean */ 0, 1);
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

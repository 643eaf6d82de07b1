package dev.lockstep.driver.data.source;

import dev.lockstep.driver.job.Source;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** Finds the reader of a format. */
public final class Sources {
    private static final List<String> LIBSVM_LABEL = List.of("label");

    private Sources() {}

    /** @throws dev.lockstep.driver.DataException if what is wrong shows before the rows are read */
    public static Decoded decode(SparkSession spark, Source source, Selection selection) {
        return switch (source.format()) {
            case Source.RANDOM -> RandomRows.decode(spark, source, selection);
            case Source.DIGITS -> IdxRows.decode(spark, DigitsSource.drawn(source), selection);
            case "idx" -> IdxRows.decode(spark, source, selection);
            case "images" -> ImageRows.decode(spark, source, selection);
            case "libsvm" ->
                table(spark, source, selection.label().isEmpty() ? selection.label(LIBSVM_LABEL) : selection);
            default -> table(spark, source, selection);
        };
    }

    /**
     * Takes the rows of a table that is there already.
     *
     * @param description for messages
     */
    public static Decoded decode(Dataset<Row> table, Selection selection, String description) {
        return Tables.decode(table, selection, description, TableFiles.CORRUPT);
    }

    private static Decoded table(SparkSession spark, Source source, Selection selection) {
        return decode(TableFiles.load(spark, source), selection, source.describe());
    }
}

package dev.lockstep.driver.data;

import dev.lockstep.driver.job.Source;
import java.util.List;
import org.apache.spark.sql.SparkSession;

/** Finds the reader of a format. */
final class Sources {
    private static final List<String> LIBSVM_LABEL = List.of("label");

    private Sources() {}

    static Decoded decode(SparkSession spark, Source source, Selection selection) {
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

    private static Decoded table(SparkSession spark, Source source, Selection selection) {
        return Tables.decode(TableFiles.load(spark, source), selection, source.describe(), TableFiles.CORRUPT);
    }
}

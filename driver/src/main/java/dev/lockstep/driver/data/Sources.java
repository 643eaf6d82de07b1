package dev.lockstep.driver.data;

import org.apache.spark.sql.SparkSession;

/** Finds the reader of a format. */
final class Sources {
    private Sources() {}

    static Decoded decode(SparkSession spark, DataSource source, Selection selection) {
        return switch (source.format()) {
            case "random" -> RandomRows.decode(spark, source, selection);
            default -> Tables.decode(TableFiles.load(spark, source), selection, source.describe(), TableFiles.CORRUPT);
        };
    }
}

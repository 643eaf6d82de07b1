package dev.lockstep.driver.data;

import dev.lockstep.driver.data.preprocess.Preprocess;
import dev.lockstep.driver.data.rows.Selection;
import dev.lockstep.driver.data.rows.Unreadable;
import dev.lockstep.driver.data.source.Sources;
import dev.lockstep.driver.job.Source;
import org.apache.spark.sql.SparkSession;

/** Loads examples that nothing is learned from: for validation, evaluation and prediction, in the source's order. */
public final class EvaluationData {
    private EvaluationData() {}

    /**
     * @param selection with the shape before preprocessing
     * @param preprocess as fitted to the training data
     * @throws dev.lockstep.driver.DataException if the data cannot be read or do not fit the selection
     */
    public static PackedData load(
            SparkSession spark, Source source, Selection selection, DealSettings deal, Preprocess preprocess) {
        return Unreadable.reading(source, () -> {
            try (NumberedRows rows = NumberedRows.read(Sources.decode(spark, source, selection))) {
                return deal(rows, deal, preprocess);
            }
        });
    }

    /**
     * Reads everything to find the first bad value.
     *
     * @throws dev.lockstep.driver.DataException that names it, if there is one
     */
    public static void requireGood(SparkSession spark, Source source, Selection selection) {
        Unreadable.reading(source, () -> {
            NumberedRows.read(Sources.decode(spark, source, selection)).close();
            return source;
        });
    }

    private static PackedData deal(NumberedRows rows, DealSettings deal, Preprocess preprocess) {
        ValidationSplit whole = new ValidationSplit(rows.order().rows(), 0, deal.seed());
        return new Dealer(deal).deal(rows, new RowPositions(whole, /* held */ false, null), preprocess);
    }
}

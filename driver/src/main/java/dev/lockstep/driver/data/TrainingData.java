package dev.lockstep.driver.data;

import dev.lockstep.driver.DataException;
import dev.lockstep.driver.data.encoding.Encoding;
import dev.lockstep.driver.data.preprocess.Chain;
import dev.lockstep.driver.data.rows.Selection;
import dev.lockstep.driver.data.rows.TargetSpec;
import dev.lockstep.driver.data.rows.Unreadable;
import dev.lockstep.driver.data.source.Sources;
import dev.lockstep.driver.job.Data;
import dev.lockstep.driver.job.ExampleForm;
import dev.lockstep.driver.job.Source;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.apache.spark.sql.SparkSession;

/**
 * A job's data, read, checked, split, preprocessed, dealt and kept by Spark for the whole run.
 *
 * @param rawShape of one example, before preprocessing: what evaluation and prediction have to read
 * @param shape of one example, after preprocessing
 * @param preprocess fitted to the training data; what evaluation and prediction have to apply as well
 * @param classes number of them, 0 if the targets are no classes
 * @param largestLabel where the largest label stands, for messages
 * @param features names of the columns that were read, group by group; empty where the source has none
 * @param encoding how the cells were read, as other data have to be read too
 * @param fingerprint tells the training source's rows, before preprocessing and with those held out, from others
 */
public record TrainingData(
        PackedData training,
        Optional<PackedData> validation,
        List<Integer> rawShape,
        List<Integer> shape,
        Chain preprocess,
        int classes,
        String largestLabel,
        List<List<String>> features,
        Encoding encoding,
        long fingerprint) {

    /**
     * @param targets what the loss wants of the labels
     * @throws dev.lockstep.driver.DataException if the data cannot be read or do not fit the settings
     */
    public static TrainingData load(SparkSession spark, Data data, TargetSpec targets, DealSettings deal) {
        return load(spark, data, Selection.of(data, targets), shape -> targets, deal);
    }

    /**
     * @param selection as {@link Selection#of}, and what else is known of the examples
     * @param targets what the loss wants of the labels where examples have a shape
     */
    public static TrainingData load(
            SparkSession spark,
            Data data,
            Selection selection,
            Function<List<Integer>, TargetSpec> targets,
            DealSettings deal) {
        return Unreadable.reading(data.train(), () -> {
            try (TrainingRows read = read(spark, data.train(), selection, targets)) {
                return new TrainingDataLoader(spark, data, read.selection(), deal, read.rows()).load();
            }
        });
    }

    private static TrainingRows read(
            SparkSession spark, Source source, Selection selection, Function<List<Integer>, TargetSpec> targets) {
        try {
            return TrainingRows.read(found -> Sources.decode(spark, source, found), selection, targets);
        } catch (DataException e) {
            throw e.within("data.train");
        }
    }

    /** What the network gets of an example. */
    public ExampleForm form() {
        return ExampleForm.of(rawShape, features, preprocess, encoding.categories());
    }

    public void readAgain() {
        training.readAgain();
        validation.ifPresent(PackedData::readAgain);
    }

    public void unpersist() {
        training.unpersist();
        validation.ifPresent(PackedData::unpersist);
    }
}

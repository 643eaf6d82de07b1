package dev.lockstep.ml;

import dev.lockstep.driver.job.Features;
import dev.lockstep.driver.job.ModelFile;
import dev.lockstep.driver.model.PredictionColumns;
import dev.lockstep.driver.model.Scoring;
import dev.lockstep.driver.model.SingleRow;
import dev.lockstep.driver.model.TrainedModel;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.Params;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/** A trained model as one of spark.ml uses it. Thread-safe. */
final class Served {
    private TrainedModel trained;
    private SingleRow single;
    /** By the column of the features, which may be another than in training. */
    private final Map<String, Scoring> scorings = new HashMap<>();

    synchronized void take(TrainedModel model) {
        trained = model;
        single = null;
        scorings.clear();
    }

    synchronized TrainedModel trained() {
        if (trained == null) {
            throw new IllegalStateException("The model has no network: read it with load, or fit an estimator");
        }
        return trained;
    }

    int numFeatures() {
        return trained().file().shape().stream().reduce(1, Math::multiplyExact);
    }

    /**
     * The column of features; empty where the model was trained on columns that a job names, which it finds by itself.
     *
     * @param stage whose {@code featuresCol} may be another than in training
     */
    String vector(Params stage, Param<String> featuresCol) {
        List<List<String>> groups = trained().file().features().groups();
        boolean single = groups.size() == 1
                && groups.get(0).size() == 1
                && trained().file().encoding().categories().isEmpty();
        String column = stage.getOrDefault(featuresCol);
        return single && (stage.isSet(featuresCol) || groups.get(0).get(0).equals(column)) ? column : "";
    }

    Dataset<Row> transform(Dataset<Row> rows, String features, PredictionColumns columns, StructType schema) {
        Dataset<Row> scored = scoring(rows, features).transform(rows, columns);
        // With spark.ml's attributes, by which the next stage knows how many classes there are.
        for (StructField field : Arrays.asList(schema.fields()).subList(rows.columns().length, schema.length())) {
            scored = scored.withMetadata(field.name(), field.metadata());
        }
        return scored;
    }

    private synchronized Scoring scoring(Dataset<Row> rows, String features) {
        return scorings.computeIfAbsent(
                features, column -> new Scoring(rows.sparkSession(), column.isEmpty() ? trained() : renamed(column)));
    }

    private TrainedModel renamed(String features) {
        ModelFile file = trained().file().features(Features.of(features));
        return new TrainedModel(file, trained().members());
    }

    private synchronized SingleRow single() {
        if (single == null) {
            single = new SingleRow(trained());
        }
        return single;
    }

    int numOutputs() {
        return single().outputs();
    }

    double[] raw(Vector features) {
        if (features.size() != numFeatures()) {
            throw new IllegalArgumentException("Features must be as many as in training: features=" + features.size()
                    + ", numFeatures=" + numFeatures());
        }
        return single().raw(features.toArray());
    }

    double[] probability(Vector raw) {
        return single().probability(raw.toArray());
    }

    double prediction(Vector features) {
        return single().prediction(raw(features));
    }
}

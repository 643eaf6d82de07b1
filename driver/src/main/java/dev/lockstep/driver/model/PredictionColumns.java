package dev.lockstep.driver.model;

import dev.lockstep.driver.yaml.RecordChange;
import java.io.Serializable;
import java.util.List;

/**
 * Under which names predictions stand behind a table's columns. An empty name leaves the column out, and so does a
 * model that has no such thing.
 *
 * @param form of {@code raw} and {@code probability}
 * @param raw what the network gives
 * @param probability what that stands for: of each class its probability, else the numbers themselves
 * @param prediction the number of the class, or the number that is estimated
 * @param label the class itself, where the training data had names for classes
 * @param thresholds of each class, by which its probability is divided before the largest is taken; empty for none
 */
public record PredictionColumns(
        Form form, String raw, String probability, String prediction, String label, List<Double> thresholds)
        implements Serializable {
    /** How several numbers stand in a table. */
    public enum Form {
        /** One column, of spark.ml's vectors; {@code prediction} is a double. */
        VECTOR,
        /**
         * A column for each, {@code name_class} where classes have names, else {@code name0}, {@code name1}, ...; the
         * {@code prediction} of a class is an int.
         */
        COLUMNS
    }

    public PredictionColumns {
        thresholds = List.copyOf(thresholds);
    }

    /** spark.ml's: {@code rawPrediction}, {@code probability} and {@code prediction}. */
    public static PredictionColumns vectors() {
        return new PredictionColumns(Form.VECTOR, "rawPrediction", "probability", "prediction", "", List.of());
    }

    /** For files of any format: {@code prediction}, {@code predicted_label}, {@code p_red} or {@code p0}, ... */
    public static PredictionColumns files() {
        return new PredictionColumns(Form.COLUMNS, "", "p", "prediction", "predicted_label", List.of());
    }

    public PredictionColumns raw(String changed) {
        return RecordChange.change(this, "raw", changed);
    }

    public PredictionColumns probability(String changed) {
        return RecordChange.change(this, "probability", changed);
    }

    public PredictionColumns prediction(String changed) {
        return RecordChange.change(this, "prediction", changed);
    }

    public PredictionColumns label(String changed) {
        return RecordChange.change(this, "label", changed);
    }

    public PredictionColumns thresholds(List<Double> changed) {
        return RecordChange.change(this, "thresholds", changed);
    }
}

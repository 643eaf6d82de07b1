package dev.lockstep.driver.data.preprocess;

import dev.lockstep.driver.data.encoding.Missing;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.api.java.JavaRDD;

/** Fits a job's preprocessing on Spark. */
public final class Fitting {
    private Fitting() {}

    /**
     * Fits what fills gaps, then each preprocessor to what the ones before it leave of the rows.
     *
     * @param missing gaps are NaN in the rows; there are none where they are not filled
     * @param rows features of the training data, all of {@code shape}
     * @param names of the features, for messages; empty where they have none
     */
    public static Fitted fit(
            Missing missing,
            List<Preprocessor> wanted,
            JavaRDD<double[]> rows,
            List<Integer> shape,
            List<String> names) {
        Chain fitted = Chain.NONE;
        List<Integer> reached = shape;
        if (missing instanceof Missing.Filled filled) {
            Fill fill = Gaps.fit(filled, new SparkFeatureRows(rows, shape), names);
            fitted = new Chain(List.of(fill));
            reached = fill.marked().length == 0 ? shape : List.of(fill.outputWidth(fill.values().length));
        }
        for (Preprocessor preprocessor : wanted) {
            Chain before = fitted;
            List<Preprocess> steps = new ArrayList<>(before.steps());
            steps.add(preprocessor.fit(new SparkFeatureRows(rows.map(before::apply), reached)));
            fitted = new Chain(steps);
            reached = preprocessor.outputShape(reached);
        }
        return new Fitted(fitted, reached);
    }
}

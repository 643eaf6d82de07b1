package dev.lockstep.driver.data.preprocess;

import java.util.ArrayList;
import java.util.List;
import org.apache.spark.api.java.JavaRDD;

/** Fits a job's preprocessing on Spark. */
public final class Fitting {
    private Fitting() {}

    /**
     * Fits each preprocessor to what the ones before it leave of the rows.
     *
     * @param rows features of the training data, all of {@code shape}
     */
    public static Chain fit(List<Preprocessor> wanted, JavaRDD<double[]> rows, List<Integer> shape) {
        Chain fitted = Chain.NONE;
        List<Integer> reached = shape;
        for (Preprocessor preprocessor : wanted) {
            Chain before = fitted;
            List<Preprocess> steps = new ArrayList<>(before.steps());
            steps.add(preprocessor.fit(new SparkFeatureRows(rows.map(before::apply), reached)));
            fitted = new Chain(steps);
            reached = preprocessor.outputShape(reached);
        }
        return fitted;
    }
}

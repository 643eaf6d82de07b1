package dev.lockstep.driver.data.preprocess;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.api.java.JavaRDD;

/** All preprocessors under the names that a job file uses, and how a list of them is fitted. */
public final class Preprocessors {
    private static final Map<String, Class<? extends Preprocessor>> BY_NAME = new LinkedHashMap<>();

    static {
        BY_NAME.put("center", Center.class);
        BY_NAME.put("standardize", Standardize.class);
        BY_NAME.put("min_max", MinMax.class);
        BY_NAME.put("pca", Pca.class);
        BY_NAME.put("pca_whiten", PcaWhiten.class);
        BY_NAME.put("zca_whiten", ZcaWhiten.class);
        BY_NAME.put("mean_image", MeanImage.class);
        BY_NAME.put("per_channel", PerChannel.class);
    }

    private Preprocessors() {}

    /** A new preprocessor joins by one line above. */
    public static Map<String, Class<? extends Preprocessor>> byName() {
        return Collections.unmodifiableMap(BY_NAME);
    }

    /** Fits each preprocessor to what the ones before it leave of the rows. */
    public static Chain fit(List<Preprocessor> wanted, JavaRDD<double[]> rows, List<Integer> shape) {
        Chain fitted = Chain.NONE;
        for (Preprocessor preprocessor : wanted) {
            Chain before = fitted;
            List<Preprocess> steps = new ArrayList<>(before.steps());
            steps.add(preprocessor.fit(new SparkFeatureRows(rows.map(before::apply), shapeAfter(before, shape))));
            fitted = new Chain(steps);
        }
        return fitted;
    }

    /** A projection leaves a vector; all else keeps the shape. */
    public static List<Integer> shapeAfter(Preprocess preprocess, List<Integer> shape) {
        int width = shape.stream().reduce(1, Math::multiplyExact);
        int output = preprocess.outputWidth(width);
        return output == width ? shape : List.of(output);
    }
}

package dev.lockstep.driver.data.preprocess;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** All preprocessors under the names that a job file uses. */
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

    /** Shape of an example after all of them. */
    public static List<Integer> outputShape(List<Preprocessor> preprocessors, List<Integer> shape) {
        List<Integer> output = shape;
        for (Preprocessor preprocessor : preprocessors) {
            output = preprocessor.outputShape(output);
        }
        return output;
    }
}

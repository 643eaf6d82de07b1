package dev.lockstep.driver.data.preprocess;

/**
 * Takes the mean image of the training data away, as AlexNet did: a mean for each pixel of each channel. The same as
 * {@link Center}, under the name that it has for images.
 *
 * <pre>
 *   yᵢ = xᵢ − meanᵢ
 * </pre>
 */
public record MeanImage() implements Preprocessor {
    @Override
    public Preprocess fit(FeatureRows rows) {
        return new Center().fit(rows);
    }
}

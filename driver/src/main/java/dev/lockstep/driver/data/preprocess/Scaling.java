package dev.lockstep.driver.data.preprocess;

import java.util.Arrays;
import java.util.Map;

/**
 * Shifts and scales each feature. With fewer shifts than features, neighbours share one: a shift for each channel of an
 * image.
 *
 * <pre>
 *   yᵢ = (xᵢ − shiftⱼ) / scaleⱼ,   j = ⌊i · shifts / width⌋
 * </pre>
 */
public record Scaling(double[] shift, double[] scale) implements Preprocess {
    public Scaling {
        if (shift.length == 0 || shift.length != scale.length) {
            throw new IllegalArgumentException(
                    "shift and scale must be as long as each other: shift=" + shift.length + ", scale=" + scale.length);
        }
    }

    /** A feature that never changes has the scale 0: it is only shifted then. */
    static Scaling of(double[] shift, double[] scale) {
        return new Scaling(
                shift, Arrays.stream(scale).map(each -> each == 0 ? 1 : each).toArray());
    }

    @Override
    public int outputWidth(int width) {
        if (width % shift.length != 0) {
            throw new IllegalArgumentException("Features do not fit the preprocessing: features=" + width
                    + ", fitted to a multiple of " + shift.length);
        }
        return width;
    }

    @Override
    public double[] apply(double[] row) {
        int neighbours = outputWidth(row.length) / shift.length;
        double[] output = new double[row.length];
        for (int j = 0, i = 0; j < shift.length; j++) {
            for (int end = i + neighbours; i < end; i++) {
                output[i] = (row[i] - shift[j]) / scale[j];
            }
        }
        return output;
    }

    @Override
    public Map<String, Object> toMap() {
        return Map.of("scaling", Map.of("shift", PlainForm.list(shift), "scale", PlainForm.list(scale)));
    }
}

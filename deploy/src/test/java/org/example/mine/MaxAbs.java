package org.example.mine;

import dev.lockstep.driver.data.preprocess.ColumnMoments;
import dev.lockstep.driver.data.preprocess.FeatureRows;
import dev.lockstep.driver.data.preprocess.Preprocess;
import dev.lockstep.driver.data.preprocess.Preprocessor;
import dev.lockstep.driver.data.preprocess.Scaling;

/** {@code y = x / max |x|}, feature by feature. */
public record MaxAbs() implements Preprocessor {
    @Override
    public Preprocess fit(FeatureRows rows) {
        ColumnMoments moments = rows.moments();
        double[] scale = new double[moments.max().length];
        for (int i = 0; i < scale.length; i++) {
            double largest = Math.max(Math.abs(moments.min()[i]), Math.abs(moments.max()[i]));
            scale[i] = largest == 0 ? 1 : largest;
        }
        return new Scaling(new double[scale.length], scale);
    }
}

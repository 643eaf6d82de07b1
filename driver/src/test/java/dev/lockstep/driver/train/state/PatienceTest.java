package dev.lockstep.driver.train.state;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lockstep.driver.job.EarlyStopping;
import dev.lockstep.driver.metric.Accuracy;
import dev.lockstep.driver.metric.Rmse;
import dev.lockstep.driver.model.Measurement;
import dev.lockstep.losses.Mse;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PatienceTest {
    private static final EarlyStopping RULE = new EarlyStopping("loss", 2, 0.1);

    private static Patience after(double... costs) {
        Patience patience = Patience.FRESH;
        for (double cost : costs) {
            patience = patience.after(RULE, cost, new float[] {(float) cost}, new float[0]);
        }

        return patience;
    }

    @Test
    void keepsTheValuesOfTheBestEpoch() {
        Patience patience = after(3, 2, 1.95);
        assertEquals(2, patience.best());
        assertArrayEquals(new float[] {2}, patience.values());
    }

    @Test
    void isOverAfterSoManyEpochsThatWereNoBetter() {
        assertFalse(after(3, 2, 2.5).over(RULE));
        assertTrue(after(3, 2, 2.5, 1.95).over(RULE));
        assertFalse(after(3, 2, 2.5, 1.8).over(RULE));
    }

    @Test
    void doesNotTakeNaNForBetter() {
        assertTrue(after(Double.NaN, Double.NaN).over(RULE));
        assertEquals(1, after(Double.NaN, 1, Double.NaN).best());
    }

    @Test
    void watchesMetricsInTheirDirection() {
        Measurement measurement = Measurement.of(List.of(new Accuracy(), new Rmse()), new Mse());
        Map<String, Double> figures = Map.of("loss", 4.0, "accuracy", 0.75, "rmse", 2.0);
        assertEquals(4, measurement.cost("loss", figures));
        assertEquals(-0.75, measurement.cost("accuracy", figures));
        assertEquals(2, measurement.cost("rmse", figures));
    }
}

package dev.lockstep.driver.metric;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.lockstep.losses.BceWithLogits;
import dev.lockstep.losses.CrossEntropy;
import dev.lockstep.losses.Loss;
import dev.lockstep.losses.Mse;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Predictions that are not numbers are never taken for right ones. */
class NotANumberTest {
    private static final double NAN = Double.NaN;

    private static double figure(Figure metric, Loss loss, double[] predictions, float... targets) {
        int columns = predictions.length / targets.length;
        Predicted predicted = new Predicted(loss, new int[] {targets.length, columns}, predictions, targets);
        return metric.value(predicted.state(metric, 1));
    }

    @Test
    void aRowWithNaNTellsNoClass() {
        double[] rows = {0, NAN, 1, 0, 0, 1};
        assertEquals(2.0 / 3, figure(new Accuracy(), new CrossEntropy(), rows, 0, 0, 1));
        assertEquals(2.0 / 3, figure(new TopK(2), new CrossEntropy(), rows, 0, 0, 1));
        assertEquals(0.5, figure(new Recall(), new BceWithLogits(), new double[] {NAN, 1}, 1, 1));
        assertEquals(0.5, figure(new Accuracy(), new BceWithLogits(), new double[] {NAN, -1}, 0, 0));
    }

    @Test
    void aRowWithNaNIsNotInTheConfusionMatrix() {
        ConfusionMatrix metric = new ConfusionMatrix();
        double[] rows = {0, NAN, 1, 0, 0, 1};
        Predicted predicted = new Predicted(new CrossEntropy(), new int[] {3, 2}, rows, new float[] {0, 0, 1});
        assertEquals(List.of(List.of(1.0, 0.0), List.of(0.0, 1.0)), metric.rows(predicted.state(metric, 2)));
    }

    @Test
    void figuresOfNumbersAreNaNToo() {
        for (Figure metric : List.of(new Mae(), new Rmse(), new R2())) {
            assertEquals(NAN, figure(metric, new Mse(), new double[] {1, NAN, 2}, 1, 2, 3));
        }
        assertEquals(NAN, figure(new Auc(), new BceWithLogits(), new double[] {1, NAN, 2}, 1, 1, 0));
    }

    @Test
    void aucNeedsBothClasses() {
        assertEquals(NAN, figure(new Auc(), new BceWithLogits(), new double[] {1, 2}, 1, 1));
        assertEquals(NAN, figure(new Auc(), new BceWithLogits(), new double[] {1, 2}, 0, 0));
    }

    @Test
    void equalScoresCountHalfInAuc() {
        assertEquals(0.5, figure(new Auc(), new BceWithLogits(), new double[] {0.0, -0.0, 0, 0}, 1, 0, 0, 1));
    }

    @Test
    void r2NeedsTwoExamples() {
        assertEquals(NAN, figure(new R2(), new Mse(), new double[] {1}, 1));
    }
}

package dev.lockstep.driver.model;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.lockstep.losses.CrossEntropy;
import dev.lockstep.losses.Loss;
import dev.lockstep.losses.Reduction;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class MeasurementTest {
    private static final Loss MEAN = new CrossEntropy();

    /** A loss of 0 would be the best that there is. */
    @Test
    void theMeanOfNothingThatCountsIsNoNumber() {
        assertEquals(Double.NaN, loss(MEAN, new double[] {0, 0}, new double[] {0, 0}));
        assertEquals(1.5, loss(MEAN, new double[] {0, 0}, new double[] {3, 2}));
    }

    @Test
    void aSumOfNothingIsNothing() {
        assertEquals(0, loss(new CrossEntropy(null, -100, 0, Reduction.SUM), new double[] {0, 0}));
    }

    private static double loss(Loss loss, double[]... sumsAndWeights) {
        List<double[][]> parts =
                Arrays.stream(sumsAndWeights).map(part -> new double[][] {part}).toList();
        return Measurement.of(List.of(), loss).measured(parts).figures().get("loss");
    }
}

package dev.lockstep.losses;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class TripletMarginTest {
    @Test
    void equalDistancesUnderSwapShareTheGradient() {
        TripletMargin loss = new TripletMargin(10, 2, 0, true, Reduction.MEAN);
        Tensor[] inputs = {row(1, 1), row(1, 1), row(4, 5)};
        Tensor[] gradients = {row(0, 0), row(0, 0), row(0, 0)};

        assertEquals(5, loss.reduce(inputs, gradients));
        assertArrayEquals(new double[] {0.3, 0.4}, gradients[0].data(), 1e-15);
        assertArrayEquals(new double[] {0.3, 0.4}, gradients[1].data(), 1e-15);
        assertArrayEquals(new double[] {-0.6, -0.8}, gradients[2].data(), 1e-15);
    }

    @Test
    void exactlyAtTheMarginTheGradientPasses() {
        TripletMargin loss = new TripletMargin(4, 2, 0, false, Reduction.MEAN);
        Tensor[] inputs = {row(0, 0), row(1, 0), row(5, 0)};
        Tensor[] gradients = {row(0, 0), row(0, 0), row(0, 0)};

        assertEquals(0, loss.reduce(inputs, gradients));
        assertArrayEquals(new double[] {1, 0}, gradients[1].data());
    }

    @Test
    void theLargestDifferencesShareTheMaximumNorm() {
        TripletMargin loss = new TripletMargin(1, Double.POSITIVE_INFINITY, 0, false, Reduction.MEAN);
        Tensor[] gradients = {row(0, 0), row(0, 0), row(0, 0)};

        assertEquals(3, loss.reduce(new Tensor[] {row(0, 0), row(2, -2), row(0, 0)}, gradients));
        assertArrayEquals(new double[] {0.5, -0.5}, gradients[1].data());
    }

    private static Tensor row(double... values) {
        return Tensor.of(values, 1, values.length);
    }
}

package dev.lockstep.worker.layerstats;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lockstep.worker.layer.Bounds;
import org.junit.jupiter.api.Test;

class LayerAccumulatorTest {
    private static final int[] THREE_BY_TWO = {3, 2};

    @Test
    void takesTheDeviationOverAllValues() {
        LayerAccumulator accumulator = new LayerAccumulator(null);
        accumulator.handedOn(new double[] {1, 2, 3, 4, 5, 9}, THREE_BY_TWO, true);
        accumulator.gotBack(new double[] {-1, 1, -1, 1, -1, 1}, 1);
        assertEquals(Math.sqrt(136.0 / 6 - 16), accumulator.figures().activation(), 1e-12);
        assertEquals(1, accumulator.figures().gradient(), 1e-12);
        assertTrue(Double.isNaN(accumulator.figures().saturated()));
    }

    @Test
    void pieceByPieceIsTheSameAsAtOnce() {
        LayerAccumulator pieces = new LayerAccumulator(null);
        pieces.handedOn(new double[] {1e6 + 1, 1e6 + 2}, new int[] {1, 2}, false);
        pieces.handedOn(new double[] {1e6 + 3, 1e6 + 4, 1e6 + 5, 1e6 + 9}, new int[] {2, 2}, false);
        assertEquals(Math.sqrt(136.0 / 6 - 16), pieces.figures().activation(), 1e-9);
    }

    @Test
    void countsWhatIsAtTheEndsOfTheBounds() {
        LayerAccumulator accumulator = new LayerAccumulator(new Bounds(-1, 1)::isEnd);
        accumulator.handedOn(new double[] {-1, -0.96, 0.9, 0, 0.94, 0.99}, THREE_BY_TWO, true);
        assertEquals(0.5, accumulator.figures().saturated(), 1e-12);
    }

    @Test
    void aUnitIsDeadIfItIsZeroForEveryExample() {
        LayerAccumulator accumulator = new LayerAccumulator(null);
        accumulator.handedOn(new double[] {0, 1, 0, 0, 0, 2}, THREE_BY_TWO, true);
        assertEquals(0.5, accumulator.figures().dead(), 1e-12);
    }

    @Test
    void aBlankMarginIsNoDeadUnit() {
        double[] images = new double[2 * 3 * 2 * 2];
        images[1] = 1;
        images[20] = 1;
        LayerAccumulator accumulator = new LayerAccumulator(null);
        accumulator.handedOn(images, new int[] {2, 3, 2, 2}, true);
        assertEquals(1.0 / 3, accumulator.figures().dead(), 1e-12);
    }

    /** A gradient fits or not as it runs through the backward pass, where it is scaled. */
    @Test
    void countsWhatLeavesFp16BeforeTheLossScaleIsDividedOut() {
        LayerAccumulator accumulator = new LayerAccumulator(null);
        accumulator.handedOn(new double[] {1e5, 0, 1e-9, 1e-5}, new int[] {2, 2}, true);
        accumulator.gotBack(new double[] {1e5, 1e5, -1e-9, 1024}, 1024);
        accumulator.gotBack(new double[] {0, 1e-5, 1, 1}, 1024);
        Fp16Fit fit = accumulator.figures().fp16();
        assertEquals(new Fp16Shares(0.25, 0.25, 0.25), fit.activations());
        assertEquals(new Fp16Shares(0.25, 0.125, 0.125), fit.gradients());
        assertEquals(42.2153, accumulator.figures().gradient(), 1e-4);
    }

    @Test
    void tellsNoGradientFromNoneWanted() {
        LayerAccumulator wanted = new LayerAccumulator(null);
        wanted.handedOn(new double[] {1, 2}, new int[] {1, 2}, /* wanted */ true);
        assertTrue(wanted.figures().trained());
        assertEquals(0, wanted.figures().gradient());
        LayerAccumulator unwanted = new LayerAccumulator(null);
        unwanted.handedOn(new double[] {1, 2}, new int[] {1, 2}, /* wanted */ false);
        assertFalse(unwanted.figures().trained());
    }

    @Test
    void whatIsNotANumberShows() {
        LayerAccumulator accumulator = new LayerAccumulator(null);
        accumulator.handedOn(new double[] {1, Double.NaN}, new int[] {1, 2}, true);
        accumulator.gotBack(new double[] {Double.POSITIVE_INFINITY, 1}, 1);
        assertTrue(Double.isNaN(accumulator.figures().activation()));
        assertTrue(Double.isNaN(accumulator.figures().gradient()));
    }
}

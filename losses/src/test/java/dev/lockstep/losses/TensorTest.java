package dev.lockstep.losses;

import static dev.lockstep.losses.Refusals.assertRefused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import org.junit.jupiter.api.Test;

class TensorTest {
    @Test
    void shapeAndDataFitOrAreRefused() {
        assertEquals(1, Tensor.zeros().size());
        assertEquals(0, Tensor.zeros(3, 0).size());
        assertRefused("Shape does not fit the data: shape=[2, 2], values=3", () -> Tensor.of(new double[3], 2, 2));
        assertRefused("Extents must not be negative: shape=[-1, -1]", () -> Tensor.of(new double[1], -1, -1));
    }

    @Test
    void positionsHaveOneIndexPerDimension() {
        assertEquals("[1, 0, 2]", Tensor.zeros(2, 3, 4).position(14));
        assertEquals("[]", Tensor.zeros().position(0));
    }

    @Test
    void indicesAreWholeAndBounded() {
        assertRefused("value=NaN, position=[0, 1]", () -> Tensor.ofIndices(new double[] {0, Double.NaN}, 1, 2));
        assertRefused("value=1.0E10", () -> Tensor.ofIndices(new double[] {1e10}, 1));
        assertEquals("indices[1]", Tensor.ofIndices(new double[] {-100}, 1).toString());
    }

    @Test
    void anotherShapeSharesTheValues() {
        Tensor tensor = Tensor.zeros(2, 3);
        assertSame(tensor.data(), tensor.withShape(6).data());
    }
}

package dev.lockstep.dl4j.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.api.MultiDataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

class PackedArraysTest {
    @Test
    void comeOutAsTheyWere() {
        INDArray fortran = Nd4j.arange(24).castTo(DataType.FLOAT).reshape('f', 4, 6);
        INDArray view = Nd4j.arange(60)
                .castTo(DataType.FLOAT)
                .reshape('c', 4, 3, 5)
                .get(NDArrayIndex.all(), NDArrayIndex.interval(1, 3), NDArrayIndex.all());
        INDArray indices = Nd4j.createFromArray(new int[][] {{1}, {2}, {3}, {4}});
        MultiDataSet examples = new org.nd4j.linalg.dataset.MultiDataSet(
                new INDArray[] {fortran, view},
                new INDArray[] {indices},
                new INDArray[] {null, Nd4j.ones(DataType.FLOAT, 4, 5)},
                null);

        MultiDataSet same = PackedArrays.unpack(PackedArrays.pack(examples));

        assertEquals(fortran, same.getFeatures(0));
        assertEquals(view, same.getFeatures(1));
        assertEquals(indices, same.getLabels(0));
        assertEquals(DataType.INT32, same.getLabels(0).dataType());
        assertNull(same.getFeaturesMaskArray(0));
        assertEquals(Nd4j.ones(DataType.FLOAT, 4, 5), same.getFeaturesMaskArray(1));
        assertNull(same.getLabelsMaskArrays());
    }
}

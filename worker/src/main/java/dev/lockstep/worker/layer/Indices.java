package dev.lockstep.worker.layer;

import java.util.Arrays;
import org.bytedeco.pytorch.AbstractTensor;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * Features that stand for rows of a table. libtorch cuts fractions off, and reads outside the table on some devices, so
 * they are checked here.
 */
public final class Indices {
    private Indices() {}

    /**
     * @throws IllegalArgumentException for the first that is not a whole number; it names the example and the position
     *     in it
     */
    public static Tensor whole(Tensor input, String layer) {
        Tensor indices = input.to(ScalarType.Long);
        require(indices.to(input.scalar_type()).eq(input), input, "Index must be a whole number: layer=" + layer);
        return indices;
    }

    /** Those that are from 0 to {@code rows} − 1. */
    static Tensor ofRows(int rows, Tensor input, String layer) {
        Tensor indices = whole(input, layer);
        Tensor inside = indices.ge(new Scalar(0)).logical_and_(indices.lt(new Scalar(rows)));
        require(inside, input, "Index is outside the embedding: layer=" + layer + ", num_embeddings=" + rows);
        return indices;
    }

    /**
     * Whole numbers [examples, columns], those of column j from 0 to {@code rows[j]} − 1.
     *
     * @throws IllegalArgumentException for the first other one
     */
    static Tensor ofTables(long[] rows, Tensor input) {
        if (rows.length == 0) {
            return input;
        }
        Tensor indices = whole(input, "embeddings");
        Tensor ends = AbstractTensor.create(rows).to(input.device(), ScalarType.Long);
        Tensor inside = indices.ge(new Scalar(0)).logical_and_(indices.lt(ends));
        require(inside, input, "Index is outside its column's embedding: rows=" + Arrays.toString(rows));
        return indices;
    }

    private static void require(Tensor good, Tensor input, String rule) {
        if (good.all().item_bool()) {
            return;
        }

        long first = good.flatten().to(ScalarType.Byte).argmin().item_long();
        double value = input.flatten().get(first).item_double();
        long size = input.numel() / input.size(0);
        throw new IllegalArgumentException(
                rule + ", example=" + first / size + ", position=" + first % size + ", value=" + value);
    }
}

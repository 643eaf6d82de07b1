package dev.lockstep.worker;

import java.util.Arrays;
import org.bytedeco.javacpp.LongPointer;
import org.bytedeco.pytorch.AbstractTensor;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * The gradient of a sparse parameter in its place in the flat vector, where all but the rows of the present step are 0.
 * Keeping it so costs what two steps touch and not what the table has.
 */
final class RowGradient {
    private final Tensor whole;
    private int[] rows = {};

    /** @param whole zeros; live */
    RowGradient(Tensor whole) {
        this.whole = whole;
    }

    /** Puts the rows of a backward pass, times a factor, in their places and returns which they are, rising. */
    int[] put(Tensor sparse, float factor) {
        clear();
        return Natives.freeing(() -> {
            Tensor summed = sparse.coalesce();
            Tensor indices = summed.indices().select(0, 0).cpu().to(ScalarType.Long);
            Tensor values = summed.values().cpu();
            whole.index_copy_(0, indices, factor == 1 ? values : values.mul(new Scalar(factor)));
            this.rows = ints(indices.contiguous());
            return rows.clone();
        });
    }

    /** The step names no row. */
    void clear() {
        if (rows.length == 0) {
            return;
        }

        Natives.freeing(() -> {
            Tensor indices =
                    AbstractTensor.create(Arrays.stream(rows).asLongStream().toArray());
            return whole.index_fill_(0, indices, new Scalar(0.0));
        });
        this.rows = new int[0];
    }

    private static int[] ints(Tensor indices) {
        long[] values = new long[Math.toIntExact(indices.numel())];
        if (values.length > 0) {
            try (LongPointer pointer = indices.data_ptr_long()) {
                pointer.get(values);
            }
        }

        return Arrays.stream(values).mapToInt(Math::toIntExact).toArray();
    }
}

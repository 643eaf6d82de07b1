package dev.lockstep.worker;

import dev.lockstep.losses.Tensor;
import java.util.Arrays;

/** How the rows of an output are cut in equal parts, one for each prediction that a loss takes. */
final class PredictionSplit {
    private final int count;
    private final int[] shape;

    /**
     * @param stacked whether dimension 1 counts the parts; else it is cut and stays
     */
    PredictionSplit(Tensor output, int count, boolean stacked) {
        int[] whole = output.shape();
        this.count = count;
        if (stacked) {
            require(output.rank() > 1 && whole[1] == count, output);
            this.shape = new int[whole.length - 1];
            shape[0] = whole[0];
            System.arraycopy(whole, 2, shape, 1, whole.length - 2);
        } else {
            require(count == 1 || (output.rank() > 1 && whole[1] % count == 0), output);
            this.shape = whole;
            if (count > 1) {
                shape[1] /= count;
            }
        }
    }

    private void require(boolean fits, Tensor output) {
        if (!fits) {
            throw new IllegalArgumentException("Predictions do not fit the loss: predictions="
                    + Arrays.toString(output.shape()) + ", wanted by the loss=" + count);
        }
    }

    /** The shape of one part. */
    int[] shape() {
        return shape.clone();
    }

    /** One part of an output; the output itself if it has only one. */
    Tensor take(Tensor output, int part) {
        if (count == 1) {
            return Tensor.of(output.data(), shape);
        }

        Tensor taken = Tensor.zeros(shape);
        copy(output.data(), part, taken.data(), /* out */ true);
        return taken;
    }

    /** Writes one part into an output. */
    void put(Tensor values, int part, Tensor output) {
        copy(output.data(), part, values.data(), /* out */ false);
    }

    private void copy(double[] whole, int part, double[] piece, boolean out) {
        int rows = shape[0];
        int run = rows == 0 ? 0 : piece.length / rows;
        for (int row = 0; row < rows; row++) {
            int at = (row * count + part) * run;
            if (out) {
                System.arraycopy(whole, at, piece, row * run, run);
            } else {
                System.arraycopy(piece, row * run, whole, at, run);
            }
        }
    }
}

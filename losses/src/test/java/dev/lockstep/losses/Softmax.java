package dev.lockstep.losses;

/** A slow log-softmax along the last dimension, for tests. */
final class Softmax {
    private Softmax() {}

    static Tensor logs(Tensor logits) {
        int classes = logits.extent(logits.rank() - 1);
        double[] result = logits.data().clone();
        for (int offset = 0; offset < result.length; offset += classes) {
            double max = Double.NEGATIVE_INFINITY;
            for (int c = 0; c < classes; c++) {
                max = Math.max(max, result[offset + c]);
            }
            double sum = 0;
            for (int c = 0; c < classes; c++) {
                sum += Math.exp(result[offset + c] - max);
            }
            for (int c = 0; c < classes; c++) {
                result[offset + c] -= max + Math.log(sum);
            }
        }

        return Tensor.of(result, logits.shape());
    }
}

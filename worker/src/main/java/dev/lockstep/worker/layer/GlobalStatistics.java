package dev.lockstep.worker.layer;

import static org.bytedeco.pytorch.global.torch.alias;
import static org.bytedeco.pytorch.global.torch.batch_norm;
import static org.bytedeco.pytorch.global.torch.batch_norm_update_stats;

import java.util.Arrays;
import java.util.stream.LongStream;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.ScalarTypeOptional;
import org.bytedeco.pytorch.T_TensorTensor_T;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorBase;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.TensorTensorHook;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * Mean and variance of a global batch per channel, and the normalisation by them, as {@code torch.nn.SyncBatchNorm}.
 *
 * <pre>
 *   forward    mean = Σx / N, then var = Σ(x − mean)² / N      sums over all workers
 *   backward   d = dy · γ / √(var + ε)                         as if mean and var were constants
 *              dx = d − Σd / N − (x − mean) · Σ(d · (x − mean)) / (N · (var + ε))
 * </pre>
 *
 * The constants' part is libtorch's; a hook at its input adds the rest. So each layer exchanges three small vectors in
 * a step, the last one only if anything below it is trained. Σx² would save one, and lose the variance of values far
 * from 0. All sums are of doubles, so that what is rounded to floats at the end is the same whatever the shares.
 */
final class GlobalStatistics {
    private final BatchReducer reducer;
    private final double count;
    private final double[] mean;
    private final double[] variance;

    private GlobalStatistics(BatchReducer reducer, double count, double[] mean, double[] variance) {
        this.reducer = reducer;
        this.count = count;
        this.mean = mean;
        this.variance = variance;
    }

    /** Adds up over all workers; x has its channels in dimension 1. */
    static GlobalStatistics of(Tensor x, BatchReducer reducer) {
        int channels = (int) x.size(1);
        double count = (double) x.numel() / channels;
        double[] localMean;
        double[] localVariance;
        try (Tensor exact = x.detach().to(ScalarType.Double)) {
            T_TensorTensor_T local = batch_norm_update_stats(exact, new TensorOptional(), new TensorOptional(), 0);
            localMean = read(local.get0());
            localVariance = read(local.get1());
        }

        double[] sums = Arrays.copyOf(localMean, channels + 1);
        sums[channels] = 1;
        scale(sums, count);
        reducer.allReduce(sums);
        double total = sums[channels];
        double[] mean = Arrays.copyOf(sums, channels);
        scale(mean, 1 / total);

        double[] variance = localVariance.clone();
        for (int c = 0; c < channels; c++) {
            double distance = localMean[c] - mean[c];
            variance[c] += distance * distance;
        }

        scale(variance, count);
        reducer.allReduce(variance);
        scale(variance, 1 / total);
        return new GlobalStatistics(reducer, total, mean, variance);
    }

    private static void scale(double[] values, double by) {
        for (int i = 0; i < values.length; i++) {
            values[i] *= by;
        }
    }

    /** Values per channel in the global batch. */
    double count() {
        return count;
    }

    double[] mean() {
        return mean;
    }

    /** As running statistics keep it. */
    double[] unbiasedVariance() {
        return Arrays.stream(variance).map(each -> each * count / (count - 1)).toArray();
    }

    /** {@code (x − mean) / √(var + ε) · γ + β}. */
    Tensor normalise(Tensor x, TensorOptional weight, TensorOptional bias, double eps) {
        Tensor input = x.requires_grad() ? alias(x) : x;
        if (x.requires_grad()) {
            input.register_hook(new Correction(x.detach(), eps));
        }

        return batch_norm(
                input,
                weight,
                bias,
                new TensorOptional(vector(mean, x)),
                new TensorOptional(vector(variance, x)),
                /* training */ false,
                /* momentum */ 0,
                eps,
                /* cudnn_enabled */ true);
    }

    /** Adds to the gradient of x what flows through mean and variance. */
    private final class Correction extends TensorTensorHook {
        private final Tensor x;
        private final double eps;

        Correction(Tensor x, double eps) {
            this.x = x;
            this.eps = eps;
        }

        /** In place: libtorch made the gradient for this node alone. */
        @Override
        public TensorBase call(TensorBase gradient) {
            try (Tensor d = new Tensor(gradient);
                    Tensor centred = x.sub(perChannel(mean, x))) {
                correct(d, centred);
            } catch (RuntimeException e) {
                reducer.failed(e);
            }
            return gradient;
        }

        private void correct(Tensor d, Tensor centred) {
            int channels = mean.length;
            double[] sums = Arrays.copyOf(sum(d), 2 * channels);
            try (Tensor products = d.mul(centred)) {
                System.arraycopy(sum(products), 0, sums, channels, channels);
            }

            reducer.allReduce(sums);
            double[] shift = new double[channels];
            double[] slope = new double[channels];
            for (int c = 0; c < channels; c++) {
                shift[c] = sums[c] / count;
                slope[c] = sums[channels + c] / (count * (variance[c] + eps));
            }

            d.sub_(perChannel(shift, d)).addcmul_(centred, perChannel(slope, d), new Scalar(-1));
        }
    }

    /** Of each channel. */
    private static double[] sum(Tensor x) {
        long[] others = LongStream.range(0, x.dim()).filter(d -> d != 1).toArray();
        return read(x.sum(others, /* keepdim */ false, new ScalarTypeOptional(ScalarType.Double)));
    }

    private static double[] read(Tensor perChannel) {
        double[] values = new double[(int) perChannel.numel()];
        perChannel.cpu().contiguous().data_ptr_double().get(values);
        return values;
    }

    /** [1, channels, 1, ...], to be combined with {@code like}. */
    private static Tensor perChannel(double[] values, Tensor like) {
        long[] shape = new long[(int) like.dim()];
        Arrays.fill(shape, 1);
        shape[1] = values.length;
        return vector(values, like).view(shape);
    }

    /** Some values as a tensor of another's type and device. */
    static Tensor vector(double[] values, Tensor like) {
        return Tensor.create(values).to(like.device(), like.scalar_type());
    }
}

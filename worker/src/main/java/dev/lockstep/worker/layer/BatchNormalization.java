package dev.lockstep.worker.layer;

import static org.bytedeco.pytorch.global.torch.batch_norm;

import java.util.List;
import org.bytedeco.pytorch.Tensor;

/**
 * What batch normalisations share.
 *
 * <pre>
 *   y = (x − mean) / √(var + ε) · γ + β        per channel, dimension 1
 *   running ← (1 − momentum) · running + momentum · of the batch
 * </pre>
 *
 * In training mean and variance are those of the share, and the running ones follow them; in evaluation they are the running ones. The
 * share is normalised by the biased variance, and the unbiased one is kept.
 *
 * @param momentum null for the plain average of all batches
 * @param trackRunningStats if not, the batch's own statistics serve in evaluation too
 */
record BatchNormalization(double eps, Double momentum, boolean affine, boolean trackRunningStats) {
    Unit unit(List<Integer> input, Scope scope) {
        Affine scale = Affine.declare(affine, List.of(input.get(0)), scope);
        Running running = trackRunningStats ? Running.declare(input.get(0), scope) : null;
        String where = scope.toString();
        return new Unit(input, (x, pass) -> forward(x, pass, scale, running, where));
    }

    private Tensor forward(Tensor x, Pass pass, Affine scale, Running running, String where) {
        boolean ofBatch = pass.training() || running == null;
        if (ofBatch && x.numel() == x.size(1)) {
            throw new IllegalArgumentException("Batch norm needs more than one value per channel: layer=" + where
                    + ", examples=" + x.size(0) + ", channels=" + x.size(1)
                    + ". Use a larger batch or fewer workers, so that each has at least two examples");
        }
        double rate = running == null ? 0 : running.rate(pass, momentum);
        return batch_norm(
                x,
                scale.weight(pass),
                scale.bias(pass),
                Running.mean(running, pass),
                Running.variance(running, pass),
                ofBatch,
                rate,
                eps,
                /* cudnn_enabled */ true);
    }
}

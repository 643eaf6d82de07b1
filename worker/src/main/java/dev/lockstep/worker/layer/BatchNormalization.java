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
 * In training mean and variance are those of the share, or with {@code sync} of the global batch, and the running ones
 * follow them; in evaluation they are the running ones. What is normalised is by the biased variance, and the unbiased
 * one is kept.
 *
 * @param momentum null for the plain average of all batches
 * @param trackRunningStats if not, the batch's own statistics serve in evaluation too
 * @param sync whether training uses the statistics of the global batch, as {@code torch.nn.SyncBatchNorm}, and not
 *     those of the share
 */
record BatchNormalization(double eps, Double momentum, boolean affine, boolean trackRunningStats, boolean sync) {
    Unit unit(List<Integer> input, Scope scope) {
        Affine scale = Affine.declare(affine, List.of(input.get(0)), scope);
        Running running = trackRunningStats ? Running.declare(input.get(0), scope) : null;
        String where = scope.toString();
        boolean one = input.stream().skip(1).allMatch(extent -> extent == 1);
        if (!sync) {
            if (one) {
                scope.needsSeveralInShare();
            }
            return new Unit(input, (x, pass) -> local(x, pass, scale, running, where));
        }

        if (one) {
            scope.needsSeveralInBatch();
        }
        scope.reduces();
        return new Unit(
                input,
                (x, pass) -> pass.training()
                        ? global(x, pass, scale, running, where)
                        : local(x, pass, scale, running, where));
    }

    String torchScript(String x, ScriptScope script) {
        String batches = script.tensor("num_batches_tracked");
        if (trackRunningStats) {
            script.line("if " + ScriptScope.TRAINING + ":");
            script.line("  " + batches + ".add_(1)");
        }
        String rate = momentum == null ? "1. / max(1., float(" + batches + "))" : momentum.toString();
        return script.call(
                "batch_norm",
                x,
                script.optional(affine, "weight"),
                script.optional(affine, "bias"),
                script.optional(trackRunningStats, "running_mean"),
                script.optional(trackRunningStats, "running_var"),
                trackRunningStats ? ScriptScope.TRAINING : "True",
                trackRunningStats ? rate : "0.0",
                eps,
                /* cudnn_enabled */ true);
    }

    private Tensor local(Tensor x, Pass pass, Affine scale, Running running, String where) {
        boolean ofBatch = Running.follows(running, pass);
        if (ofBatch && !pass.isGhost() && x.numel() == x.size(1)) {
            throw new IllegalArgumentException("Batch norm needs more than one value per channel: layer=" + where
                    + ", examples=" + x.size(0) + ", channels=" + x.size(1)
                    + ". Use a larger batch, fewer workers or sync: true, so that no share has only one example");
        }
        double rate = running != null && ofBatch ? running.rate(pass, momentum) : 0;
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

    private Tensor global(Tensor x, Pass pass, Affine scale, Running running, String where) {
        GlobalStatistics statistics = GlobalStatistics.of(x, pass.reducer());
        if (statistics.count() < 2) {
            throw new IllegalArgumentException("Batch norm needs more than one value per channel: layer=" + where
                    + ", examples of the whole batch=1, channels=" + x.size(1) + ". Use a larger batch");
        }
        if (running != null) {
            running.follow(statistics, running.rate(pass, momentum), pass);
        }
        return statistics.normalise(x, scale.weight(pass), scale.bias(pass), eps);
    }
}

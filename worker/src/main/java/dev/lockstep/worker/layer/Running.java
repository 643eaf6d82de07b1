package dev.lockstep.worker.layer;

import java.util.List;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;

/**
 * The running statistics of a normalisation, as buffers under PyTorch's names. PyTorch keeps
 * {@code num_batches_tracked} as a whole number; here it is a value like the others, so that it is averaged, saved and
 * restored with them.
 */
record Running(int mean, int variance, int batches) {
    static Running declare(int channels, Scope scope) {
        return new Running(
                scope.buffer("running_mean", List.of(channels), 0),
                scope.buffer("running_var", List.of(channels), 1),
                scope.buffer("num_batches_tracked", List.of(), 0));
    }

    /** Whether a batch is normalised by its own statistics, which running ones then follow. */
    static boolean follows(Running running, Pass pass) {
        return running == null || (pass.training() && !pass.isGhost());
    }

    /** Counts a batch that the statistics follow, and says how far they go towards it. */
    double rate(Pass pass, Double momentum) {
        Tensor count = pass.buffer(batches);
        count.add_(new Scalar(1));
        return momentum == null ? 1 / count.item_double() : momentum;
    }

    /** Moves towards the statistics of a global batch. */
    void follow(GlobalStatistics batch, double rate, Pass pass) {
        follow(pass.buffer(mean), batch.mean(), rate);
        follow(pass.buffer(variance), batch.unbiasedVariance(), rate);
    }

    private static void follow(Tensor running, double[] ofBatch, double rate) {
        running.mul_(new Scalar(1 - rate)).add_(GlobalStatistics.vector(ofBatch, running), new Scalar(rate));
    }

    static TensorOptional mean(Running running, Pass pass) {
        return running == null ? new TensorOptional() : new TensorOptional(pass.buffer(running.mean));
    }

    static TensorOptional variance(Running running, Pass pass) {
        return running == null ? new TensorOptional() : new TensorOptional(pass.buffer(running.variance));
    }
}

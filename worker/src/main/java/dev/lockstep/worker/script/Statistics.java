package dev.lockstep.worker.script;

/**
 * A normalisation with or without running statistics.
 *
 * @param momentum how far the running ones go towards a batch's; null for the plain average in batch norm, for not at all in instance norm
 * @param running whether there are any
 */
record Statistics(double eps, Double momentum, boolean affine, boolean running) {
    String batchNorm(String x, Place at) {
        if (!running) {
            return call("batch_norm", x, "True", "0.0", at);
        }

        String batches = at.tensor("num_batches_tracked");
        at.program().line("if " + Place.TRAINING + ":");
        at.program().line("  " + at.tensor("num_batches_tracked") + ".add_(1)");
        return call(
                "batch_norm",
                x,
                Place.TRAINING,
                momentum == null ? "1. / max(1., float(" + batches + "))" : momentum.toString(),
                at);
    }

    String instanceNorm(String x, Place at) {
        return call(
                "instance_norm",
                x,
                running ? Place.TRAINING : "True",
                momentum == null ? "0.0" : momentum.toString(),
                at);
    }

    private String call(String function, String x, String ofBatch, String rate, Place at) {
        return at.call(
                function,
                x,
                at.optional(affine, "weight"),
                at.optional(affine, "bias"),
                at.optional(running, "running_mean"),
                at.optional(running, "running_var"),
                ofBatch,
                rate,
                eps,
                /* cudnn_enabled */ true);
    }
}

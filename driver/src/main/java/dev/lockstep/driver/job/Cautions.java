package dev.lockstep.driver.job;

import dev.lockstep.losses.BceWithLogits;
import dev.lockstep.losses.CrossEntropy;
import dev.lockstep.losses.Loss;
import dev.lockstep.optim.Sgd;
import dev.lockstep.optim.update.ParamGroup;
import dev.lockstep.params.compress.Compression;
import dev.lockstep.params.compress.Threshold;
import dev.lockstep.params.compress.TopK;
import dev.lockstep.worker.Device;
import dev.lockstep.worker.Precision;
import dev.lockstep.worker.layer.Layer;
import dev.lockstep.worker.layer.LogSoftmax;
import dev.lockstep.worker.layer.Sigmoid;
import dev.lockstep.worker.layer.Softmax;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What can be run, but is probably not what was meant. */
final class Cautions {
    private Cautions() {}

    static List<String> of(Job job) {
        List<String> cautions = new ArrayList<>();
        boolean validated = job.data().validation() != null;
        if (!validated && job.schedule().plateau().isPresent()) {
            cautions.add(
                    "schedule waits for the validation loss, and there are no validation data: it goes by the training loss instead."
                            + " data.validation: {fraction: 0.1} would give some.");
        }
        if (!validated && !job.metrics().isEmpty()) {
            cautions.add("metrics are measured on validation data, and there are none: metrics="
                    + job.metrics().size() + ". data.validation: {fraction: 0.1} would give some.");
        }
        if (job.train().workers() > job.train().batch()) {
            cautions.add("Some workers never have an example: train.workers="
                    + job.train().workers() + ", train.batch=" + job.train().batch());
        }
        if (job.train().precision() == Precision.FP16 && job.train().device() == Device.CPU) {
            cautions.add(
                    "fp16 is slow on the CPU, where libtorch has no fast way to the gradient of a convolution's weights,"
                            + " and on most processors none to anything: train.precision=fp16, train.device=cpu. bf16 has them.");
        }
        twice(job).ifPresent(cautions::add);
        late(job).ifPresent(cautions::add);
        return cautions;
    }

    /** Deep Gradient Compression keeps momentum in the workers for that reason; here it is the shards'. */
    private static Optional<String> late(Job job) {
        Compression kind = job.train().compression();
        boolean late = kind instanceof TopK || kind instanceof Threshold;
        return job.optimizer().all().stream()
                .map(ParamGroup::optimizer)
                .filter(optimizer -> late && optimizer instanceof Sgd sgd && sgd.momentum() > 0)
                .findFirst()
                .map(optimizer ->
                        "What compression leaves out comes late, and momentum repeats it; the run may diverge:"
                                + " train.compression="
                                + JobForms.unbinder().nameOf(kind).orElse(kind.toString())
                                + ", momentum=" + ((Sgd) optimizer).momentum()
                                + ". Use momentum: 0, adam, or a smaller lr, or compression: bf16.");
    }

    /** A function at the end of the network that the loss computes as well. */
    private static Optional<String> twice(Job job) {
        List<Layer> layers = job.model().layers();
        if (layers.isEmpty()) {
            return Optional.empty();
        }

        Layer last = layers.get(layers.size() - 1);
        Loss loss = job.loss();
        boolean softmax = loss instanceof CrossEntropy && (last instanceof Softmax || last instanceof LogSoftmax);
        boolean sigmoid = loss instanceof BceWithLogits && last instanceof Sigmoid;
        return softmax || sigmoid
                ? Optional.of("The loss computes what the last layer does, once more: last layer="
                        + JobForms.unbinder().nameOf(last).orElse(last.toString()) + ", loss="
                        + JobForms.unbinder().nameOf(loss).orElse(loss.toString())
                        + ". Without the layer it learns faster.")
                : Optional.empty();
    }
}

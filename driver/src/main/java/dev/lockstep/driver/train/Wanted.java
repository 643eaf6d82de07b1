package dev.lockstep.driver.train;

import dev.lockstep.driver.data.preprocess.Preprocessors;
import dev.lockstep.driver.data.source.Targets;
import dev.lockstep.driver.job.Job;
import dev.lockstep.losses.CrossEntropy;
import dev.lockstep.losses.Loss;
import dev.lockstep.worker.LayeredNetwork;
import dev.lockstep.worker.NetworkSpec;
import java.util.List;
import java.util.Optional;

/** What a job asks of its data. */
final class Wanted {
    private Wanted() {}

    /** Classes, if the loss takes the labels for indices when it sees the network's predictions. */
    static Targets targets(Job job) {
        Optional<List<Integer>> known = predictions(job);
        // Any number of classes will do where only the data can tell the shape of the network's input.
        List<Integer> predictions = known.orElse(List.of(Integer.MAX_VALUE));
        double[] labels = new double[Math.max(1, job.data().label().size())];
        int[] shape = new int[1 + predictions.size()];
        shape[0] = 1;
        for (int i = 0; i < predictions.size(); i++) {
            shape[1 + i] = predictions.get(i);
        }
        try {
            return job.loss().target(labels, shape).holdsIndices()
                    ? new Targets(Targets.Kind.CLASSES, known.isEmpty() ? 0 : predictions.get(0), ignored(job.loss()))
                    : Targets.values();
        } catch (IllegalArgumentException e) {
            // Other numbers than one per example, or an array column: the loss looks at them itself.
            return Targets.values();
        }
    }

    /** The shape of one prediction, if the job says enough to know. */
    private static Optional<List<Integer>> predictions(Job job) {
        if (job.data().shape().isEmpty() || job.model().layers().isEmpty()) {
            return Optional.empty();
        }
        try {
            List<Integer> shape = Preprocessors.outputShape(
                    job.data().preprocess(), job.data().shape());
            return Optional.of(new LayeredNetwork(new NetworkSpec(job.model().layers()), shape).outputShape());
        } catch (IllegalArgumentException e) {
            // The network is refused when it is built.
            return Optional.empty();
        }
    }

    private static Integer ignored(Loss loss) {
        return loss instanceof CrossEntropy entropy ? entropy.ignoreIndex() : null;
    }
}

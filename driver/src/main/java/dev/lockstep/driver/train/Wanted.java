package dev.lockstep.driver.train;

import dev.lockstep.driver.data.DataSettings;
import dev.lockstep.driver.data.DataSource;
import dev.lockstep.driver.data.Selection;
import dev.lockstep.driver.data.Targets;
import dev.lockstep.driver.data.Validation;
import dev.lockstep.driver.job.Data;
import dev.lockstep.driver.job.Job;
import dev.lockstep.driver.job.Source;
import dev.lockstep.losses.CrossEntropy;
import dev.lockstep.losses.Loss;
import dev.lockstep.worker.LayeredNetwork;
import dev.lockstep.worker.NetworkSpec;
import java.util.List;
import java.util.Optional;

/** What a job asks of its data. */
final class Wanted {
    private Wanted() {}

    static DataSettings of(Job job) {
        Data data = job.data();
        Selection selection = new Selection(data.features().groups(), data.label(), targets(job), data.shape());
        return new DataSettings(
                source(data.train()), validation(data.validation()), selection, data.preprocess(), data.shuffle());
    }

    private static DataSource source(Source source) {
        return new DataSource(source.path(), source.format(), source.options());
    }

    private static Validation validation(dev.lockstep.driver.job.Validation validation) {
        if (validation == null) {
            return null;
        }
        return validation.source() == null
                ? new Validation(validation.fraction(), null)
                : new Validation(0, source(validation.source()));
    }

    /** Classes, if the loss takes the labels for indices when it sees the network's predictions. */
    private static Targets targets(Job job) {
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
            return Optional.of(new LayeredNetwork(
                            new NetworkSpec(job.model().layers()), job.data().shape())
                    .outputShape());
        } catch (IllegalArgumentException e) {
            // Preprocessing may change the shape; if it does not, the network is refused when it is built.
            return Optional.empty();
        }
    }

    private static Integer ignored(Loss loss) {
        return loss instanceof CrossEntropy entropy ? entropy.ignoreIndex() : null;
    }
}

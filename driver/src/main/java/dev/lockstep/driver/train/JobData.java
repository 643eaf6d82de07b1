package dev.lockstep.driver.train;

import dev.lockstep.driver.DataException;
import dev.lockstep.driver.data.DealSettings;
import dev.lockstep.driver.data.TrainingData;
import dev.lockstep.driver.data.preprocess.Preprocessors;
import dev.lockstep.driver.data.source.Selection;
import dev.lockstep.driver.data.source.TargetSpec;
import dev.lockstep.driver.job.Data;
import dev.lockstep.driver.job.Job;
import dev.lockstep.driver.job.Widths;
import dev.lockstep.driver.model.Labels;
import dev.lockstep.worker.LayeredNetwork;
import dev.lockstep.worker.Network;
import dev.lockstep.worker.NetworkSpec;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.SparkSession;

/** A job's data as its training takes them. */
public final class JobData {
    private JobData() {}

    /**
     * Reads, splits, preprocesses and deals them.
     *
     * @throws dev.lockstep.driver.LockstepException that says what was wrong, and where
     */
    public static TrainingData load(SparkSession spark, Job job) {
        return TrainingData.load(spark, job.data(), selection(job), DealSettings.of(job.train()));
    }

    /** Refuses labels that the network has no output for. */
    static void requireClasses(TrainingData data, Network network) {
        int predicted = network.outputShape().get(0);
        if (data.classes() > predicted) {
            throw new DataException("Label is above the network's classes: " + data.largestLabel() + ", label="
                    + (data.classes() - 1) + ", classes=" + predicted + ". Classes count from 0: the last of "
                    + predicted
                    + " is " + (predicted - 1) + ".");
        }
    }

    /** What is taken from each row of a job's data. */
    private static Selection selection(Job job) {
        return Selection.of(job.data(), targets(job))
                .indices(job.data().preprocess().isEmpty() ? job.model().indices() : 0);
    }

    private static TargetSpec targets(Job job) {
        Data data = job.data();
        int width = Widths.ofLabel(data.train(), data.label())
                .orElse(Math.max(1, data.label().size()));
        return Labels.of(job.loss(), predictions(job), width);
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
}

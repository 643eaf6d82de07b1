package dev.lockstep.driver.train;

import dev.lockstep.driver.DataException;
import dev.lockstep.driver.LockstepException;
import dev.lockstep.driver.data.DealSettings;
import dev.lockstep.driver.data.TrainingData;
import dev.lockstep.driver.data.rows.Selection;
import dev.lockstep.driver.data.rows.TargetSpec;
import dev.lockstep.driver.job.Data;
import dev.lockstep.driver.job.ExampleForm;
import dev.lockstep.driver.job.Job;
import dev.lockstep.driver.job.Widths;
import dev.lockstep.driver.model.Labels;
import dev.lockstep.driver.model.Networks;
import dev.lockstep.worker.Network;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
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
        Configuration hadoop = spark.sparkContext().hadoopConfiguration();
        return TrainingData.load(
                spark,
                job.data(),
                selection(job, hadoop),
                shape -> targets(job, predictions(job, shape, hadoop)),
                DealSettings.of(job.train()));
    }

    /** Refuses labels that the network has no output for. */
    static void requireClasses(TrainingData data, Network network) {
        int predicted = network.outputShape().get(0);
        if (data.classes() > predicted) {
            throw new DataException("Label is above the network's classes: " + data.largestLabel() + ", label="
                            + (data.classes() - 1) + ", classes=" + predicted + ". Classes count from 0: the last of "
                            + predicted + " is " + (predicted - 1)
                            + ", and the last of model.layers has an output for each.")
                    .of("model.layers");
        }
    }

    /** What is taken from each row of a job's data, as far as it is known before they are looked at. */
    private static Selection selection(Job job, Configuration hadoop) {
        Optional<List<Integer>> predictions = job.data().toldShape().flatMap(shape -> predictions(job, shape, hadoop));
        return Selection.of(job.data(), targets(job, predictions))
                .indices(job.data().preprocess().isEmpty() ? job.model().indices() : 0);
    }

    /** @param predictions extents of one, if they are known */
    private static TargetSpec targets(Job job, Optional<List<Integer>> predictions) {
        Data data = job.data();
        int width = Widths.ofLabel(data.train(), data.label())
                .orElse(Math.max(1, data.label().size()));
        return Labels.of(job.loss(), predictions, width);
    }

    /** The shape of one prediction for an example, before preprocessing, of a shape. */
    private static Optional<List<Integer>> predictions(Job job, List<Integer> shape, Configuration hadoop) {
        try {
            return Optional.of(Networks.of(job.model(), ExampleForm.sketched(job, shape), hadoop)
                    .outputShape());
        } catch (LockstepException | IllegalArgumentException | IOException e) {
            // The network is refused when it is built.
            return Optional.empty();
        }
    }
}

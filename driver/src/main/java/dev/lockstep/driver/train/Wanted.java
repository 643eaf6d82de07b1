package dev.lockstep.driver.train;

import dev.lockstep.driver.data.preprocess.Preprocessors;
import dev.lockstep.driver.data.source.Selection;
import dev.lockstep.driver.data.source.TargetSpec;
import dev.lockstep.driver.job.Data;
import dev.lockstep.driver.job.Job;
import dev.lockstep.driver.job.Widths;
import dev.lockstep.driver.model.Labels;
import dev.lockstep.worker.LayeredNetwork;
import dev.lockstep.worker.NetworkSpec;
import java.util.List;
import java.util.Optional;

/** What a job asks of its data. */
public final class Wanted {
    private Wanted() {}

    /** What is taken from each row of a job's data. */
    public static Selection selection(Job job) {
        return Selection.of(job.data(), targets(job))
                .indices(job.data().preprocess().isEmpty() ? job.model().indices() : 0);
    }

    static TargetSpec targets(Job job) {
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

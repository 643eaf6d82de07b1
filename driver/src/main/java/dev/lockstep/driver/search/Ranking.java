package dev.lockstep.driver.search;

import dev.lockstep.driver.JobFileException;
import dev.lockstep.driver.job.Job;
import dev.lockstep.driver.metric.Figure;
import dev.lockstep.driver.metric.Metrics;
import dev.lockstep.driver.model.Measurement;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * Which of two trials is better.
 *
 * @param metric a figure on the validation data; {@code loss} is the training loss where there are none
 */
record Ranking(String metric, Measurement measurement) {

    static Ranking of(Job job, String metric) {
        if (job.ensemble() != null) {
            throw new JobFileException("A search trains single networks: ensemble=" + job.ensemble());
        }
        Set<String> known = new LinkedHashSet<>(Set.of("loss"));
        if (job.data().validation() != null) {
            Metrics.named(job.metrics()).forEach((name, measured) -> {
                if (measured instanceof Figure) {
                    known.add(name);
                }
            });
        }
        if (!known.contains(metric)) {
            throw new JobFileException(
                    "--metric must be loss or, with validation data, one of the job's metrics: metric=" + metric
                            + ", known=" + known);
        }
        return new Ranking(metric, Measurement.of(job.metrics(), job.loss()));
    }

    /** Whether a trial is better than the best before it, null for none. */
    boolean better(Trial trial, Trial best) {
        double cost = cost(trial);
        return !Double.isNaN(cost) && (best == null || cost < cost(best));
    }

    /** The smaller the better; NaN for a trial that is no candidate. */
    double cost(Trial trial) {
        if (trial.failed()) {
            return Double.NaN;
        }
        return trial.validation().isEmpty() ? trial.training() : measurement.cost(metric, trial.validation());
    }
}

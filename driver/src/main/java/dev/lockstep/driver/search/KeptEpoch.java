package dev.lockstep.driver.search;

import dev.lockstep.driver.job.EarlyStopping;
import dev.lockstep.driver.job.Job;
import dev.lockstep.driver.model.Measurement;
import dev.lockstep.driver.report.RunListener;
import java.util.Map;

/** Remembers the epoch whose model a run keeps: the last, or with early stopping the best. */
final class KeptEpoch implements RunListener {
    private final EarlyStopping stopping;
    private final Measurement measurement;
    private Epoch kept;

    KeptEpoch(Job job) {
        this.stopping = job.train().earlyStopping();
        this.measurement = Measurement.of(job.metrics(), job.loss());
    }

    double training() {
        return kept == null ? Double.NaN : kept.loss();
    }

    Map<String, Double> validation() {
        return kept == null ? Map.of() : kept.validation();
    }

    @Override
    public void started(Start start) {}

    @Override
    public void step(Step step) {}

    @Override
    public void epoch(Epoch epoch) {
        if (kept == null || stopping == null || cost(kept) - cost(epoch) > stopping.minDelta()) {
            kept = epoch;
        }
    }

    private double cost(Epoch epoch) {
        return measurement.cost(stopping.metric(), epoch.validation());
    }

    @Override
    public void ended(End end) {}
}

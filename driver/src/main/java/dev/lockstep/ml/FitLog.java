package dev.lockstep.ml;

import dev.lockstep.driver.report.RunListener;
import dev.lockstep.driver.train.TrainResult;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes to the log how a fit goes, and keeps each epoch's figures. */
final class FitLog implements RunListener {
    private static final Logger LOG = LoggerFactory.getLogger(FitLog.class);

    private final String uid;
    private final double unit;
    private final List<Epoch> epochs = new ArrayList<>();
    private Start start;

    /** @param unit by which losses are multiplied, as they were made of labels of another scale */
    FitLog(String uid, double unit) {
        this.uid = uid;
        this.unit = unit;
    }

    @Override
    public void started(Start run) {
        start = run;
        // A run that begins again after a loss tells its epochs again.
        epochs.removeIf(epoch -> epoch.step() > run.resumedFrom());
        LOG.info(
                "{}: training on {} examples, parameters={}, workers={}, epochs={}, steps per epoch={}",
                uid,
                run.examples(),
                run.parameters(),
                run.workers(),
                run.epochs(),
                run.stepsPerEpoch());
    }

    @Override
    public void step(Step step) {}

    @Override
    public void epoch(Epoch epoch) {
        epochs.add(epoch);
        LOG.info(
                "{}: epoch {} of {}, loss={}, validation={}, seconds={}",
                uid,
                epoch.epoch(),
                start.epochs(),
                epoch.loss() * unit,
                validation(epoch),
                (float) epoch.seconds());
    }

    @Override
    public void ended(End end) {
        LOG.info("{}: {} after {} steps, seconds={}", uid, end.status(), end.steps(), (float) end.seconds());
    }

    private Map<String, Double> validation(Epoch epoch) {
        Map<String, Double> figures = new LinkedHashMap<>(epoch.validation());
        figures.computeIfPresent("loss", (name, loss) -> loss * unit);
        return figures;
    }

    TrainingSummary summary(TrainResult result, double seconds) {
        return new TrainingSummary(
                result.epochs(),
                result.steps(),
                epochs.stream().mapToDouble(epoch -> epoch.loss() * unit).toArray(),
                epochs.stream().map(this::validation).toList(),
                seconds,
                result.examplesPerSecond());
    }
}

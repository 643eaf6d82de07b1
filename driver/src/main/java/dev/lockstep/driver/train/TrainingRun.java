package dev.lockstep.driver.train;

import dev.lockstep.driver.ClusterException;
import dev.lockstep.driver.job.EarlyStopping;
import dev.lockstep.driver.model.Measured;
import dev.lockstep.driver.model.TrainedModel;
import dev.lockstep.driver.model.Weights;
import dev.lockstep.driver.report.Listeners;
import dev.lockstep.driver.report.RunListener;
import dev.lockstep.driver.task.PlannedSegment;
import dev.lockstep.driver.task.SegmentOutputs;
import dev.lockstep.driver.train.TrainResult.Status;
import dev.lockstep.driver.train.progress.Learned;
import dev.lockstep.driver.train.progress.Overfitting;
import dev.lockstep.driver.train.progress.Telemetry;
import dev.lockstep.driver.train.state.Patience;
import dev.lockstep.driver.train.state.RunState;
import dev.lockstep.optim.schedule.ReduceLrOnPlateau;
import dev.lockstep.params.shard.RangeContents;
import dev.lockstep.worker.Network;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A run from its first step, or from a checkpoint, to its end: segment by segment, and again from the last safe state
 * where the cluster fails.
 */
final class TrainingRun {
    private static final Logger LOG = LoggerFactory.getLogger(TrainingRun.class);
    /** Failures in a row, without a step that was saved in between, after which a run gives up. */
    static final int MOST_FAILURES = 3;

    private final RunContext context;
    private final RunListener listener;
    private final Telemetry telemetry;
    private final RunPlaces places;
    private final RunEnd end;
    private RunState safe;
    private int failures;
    private Map<String, Double> validation = Map.of();
    private volatile boolean stopAsked;
    private volatile SegmentJobs jobs;

    TrainingRun(RunContext context, RunState start, RunListener listener, RunPlaces places) {
        this.context = context;
        this.safe = start;
        this.listener = Listeners.of(listener, new Overfitting(context.earlyStopping() != null, this::warned));
        this.places = places;
        this.telemetry = new Telemetry(
                this.listener,
                context.rule(),
                context.spec(),
                context.layout(),
                context.segments().stepsPerEpoch());
        this.end = new RunEnd(context.segments(), this.listener, telemetry);
    }

    /** Lets the workers finish the step they are at. Thread-safe. */
    void stop() {
        stopAsked = true;
        SegmentJobs running = jobs;
        if (running != null) {
            running.stop();
        }
    }

    TrainResult run() throws IOException {
        try {
            return persist();
        } catch (RuntimeException | IOException e) {
            end.after(e);
            throw e;
        }
    }

    private TrainResult persist() throws IOException {
        String before = null;
        while (true) {
            try {
                return attempt(safe, before);
            } catch (ClusterException e) {
                if (!e.isLoss() || stopAsked || ++failures >= MOST_FAILURES || !context.survives()) {
                    throw e;
                }
                LOG.warn("Starting again from step {} after a failure: {}", safe.step(), e.getMessage());
                before = e.getMessage();
            }
        }
    }

    private void warned(String text) {
        LOG.warn(text);
        listener.event(new RunListener.Event(telemetry.step(), text));
    }

    /** @param failure of the attempt before; null for the first one */
    private TrainResult attempt(RunState start, String failure) throws IOException {
        if (failures > 0) {
            // Another executor may be on its way for one that is lost.
            Slots.require(context.spark(), context.spec().workers());
            context.readAgain();
        }
        listener.started(context.start(start.step()));
        if (failure != null) {
            listener.event(new RunListener.Event(start.step(), "Started again after a failure: " + failure));
        }
        if (isOver(start)) {
            LOG.warn(
                    "The run is over, there is nothing to resume: epochs={}, step={}",
                    context.segments().epochs(start.step()),
                    start.step());
            return finished(start, Optional.empty());
        }
        Turns turns = Turns.of(context.spark());
        if (!take(turns)) {
            return end.at(start, Status.INTERRUPTED, validation, /* model */ null);
        }
        try (SegmentJobs running = SegmentJobs.open(context, start.ranges(), telemetry)) {
            jobs = running;
            if (stopAsked) {
                running.stop();
            }
            return train(running, start);
        } finally {
            jobs = null;
            turns.give(context.spec().workers());
        }
    }

    /** Several runs of a program may want more slots than there are; false if this one is stopped while it waits. */
    private boolean take(Turns turns) {
        int workers = context.spec().workers();
        try {
            return turns.take(workers, () -> Slots.count(context.spark()).slots(), () -> stopAsked);
        } catch (InterruptedException e) {
            throw DriverFailures.of(e);
        }
    }

    private TrainResult train(SegmentJobs running, RunState start) throws IOException {
        RunState state = start.lossScale(context.lossScale(start));
        Optional<SegmentEnd> last = Optional.empty();
        while (!isOver(state)) {
            PlannedSegment segment = context.segments().after(state.step(), state.reductions());
            telemetry.begin(segment, state.loss(), state.lossScale());
            SegmentEnd reached = new SegmentEnd(running.run(segment, outputs(segment), state));
            telemetry.end();
            state = after(segment, state, reached);
            last = Optional.of(reached);

            // Without a state there is nothing to go on from: the next segment brings one.
            boolean stopped = state.ranges() != null && (stopAsked || state.step() < segment.last());
            if (stopped && state.step() < context.segments().steps()) {
                return end.at(state, Status.INTERRUPTED, validation, /* model */ null);
            }
        }

        return finished(state, last);
    }

    private boolean isOver(RunState state) {
        return state.step() >= context.segments().steps() || givesUp(state);
    }

    /** @param last segment's; none where all was done before */
    private TrainResult finished(RunState state, Optional<SegmentEnd> last) throws IOException {
        Weights kept = kept(state, last);
        saving(state.step());
        if (state.ranges() == null) {
            listener.parameters(state.step(), kept::tensors);
        }
        TrainedModel model = context.models().write(kept);
        return end.at(state, givesUp(state) ? Status.STOPPED_EARLY : Status.DONE, validation, model);
    }

    private SegmentOutputs outputs(PlannedSegment segment) {
        boolean last = segment.last() == context.segments().steps();
        boolean values = segment.endsEpoch()
                && (last
                        || context.earlyStopping() != null
                        || context.snapshots().keeps(segment.last()));
        return new SegmentOutputs(values, segment.checkpoint() || stopAsked);
    }

    private RunState after(PlannedSegment segment, RunState before, SegmentEnd reached) throws IOException {
        long step = reached.step();
        boolean epochOver = segment.endsEpoch(step);
        ReduceLrOnPlateau.State plateau = before.plateau();
        Patience patience = before.patience();
        // Of one within the segment, all there is was told when it was over.
        if (epochOver && step == segment.last()) {
            Measured measured = context.measured(reached);
            validation = measured.figures();
            telemetry.endEpoch(measured);
            double figure =
                    validation.getOrDefault("loss", telemetry.epochLoss().mean());
            plateau = context.plateau(plateau, step, figure);
            patience = patience(patience, reached);
            if (context.snapshots().keeps(step)) {
                saving(step);
                context.models()
                        .write(
                                context.snapshots().folder(step),
                                reached.weights(context.spec().network()));
            }
        }

        RangeContents[] ranges = reached.ranges(context.ranges());
        double lr = context.lr(step, before.reductions());
        RunState state = new RunState(
                step,
                ranges,
                epochOver ? null : reached.buffers(),
                reached.residuals(),
                telemetry.epochLoss(),
                plateau,
                patience,
                lr,
                telemetry.lossScale());
        if (ranges != null) {
            saving(step);
            save(state);
            listener.parameters(step, () -> context.weights(state).tensors());
            safe = state;
            failures = 0;
        }
        return state;
    }

    private void save(RunState state) throws IOException {
        long beganNs = System.nanoTime();
        if (context.checkpoints().write(state)) {
            listener.saved(new RunListener.Saved(state.step(), (System.nanoTime() - beganNs) / 1e9));
        }
    }

    private Patience patience(Patience before, SegmentEnd reached) {
        EarlyStopping rule = context.earlyStopping();
        if (rule == null) {
            return null;
        }

        double cost = context.spec().measurement().cost(rule.metric(), validation);
        return (before == null ? Patience.FRESH : before).after(rule, cost, reached.values(), reached.buffers()[0]);
    }

    private boolean givesUp(RunState state) {
        return context.earlyStopping() != null
                && state.patience() != null
                && state.patience().over(context.earlyStopping());
    }

    private void saving(long step) throws IOException {
        places.requireHeld();
        listener.saving(step);
    }

    /** The network that the run has arrived at, or with early stopping its best. */
    private Weights kept(RunState state, Optional<SegmentEnd> reached) {
        Network network = context.spec().network();
        Patience patience = state.patience();
        if (patience != null && patience.values() != null) {
            return new Weights(network, patience.values(), patience.buffers());
        }

        Weights last = reached.map(each -> each.weights(network)).orElseGet(() -> context.weights(state));
        Learned.require(state.loss(), last.values(), context.segments().epochs(state.step()));
        return last;
    }
}

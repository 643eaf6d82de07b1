package dev.lockstep.driver.train.progress;

import dev.lockstep.driver.model.Measured;
import dev.lockstep.driver.report.RunListener;
import dev.lockstep.driver.signal.LayerStatsCodec;
import dev.lockstep.driver.signal.Signals;
import dev.lockstep.driver.task.PlannedSegment;
import dev.lockstep.driver.task.TaskSpec;
import dev.lockstep.losses.Reduction;
import dev.lockstep.optim.schedule.Progress;
import dev.lockstep.optim.update.LossScale;
import dev.lockstep.optim.update.LossScaling;
import dev.lockstep.optim.update.UpdateRule;
import dev.lockstep.params.Layout;
import dev.lockstep.params.Parameter;
import dev.lockstep.params.WorkerTimes;
import dev.lockstep.params.member.StepListener;
import dev.lockstep.params.member.StepReport;
import dev.lockstep.worker.layer.LayerInfo;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/** Turns what workers report into what people read. Thread-safe. */
public final class Telemetry implements StepListener {
    private final RunListener listener;
    private final UpdateRule rule;
    private final Reduction reduction;
    private final int stepsPerEpoch;
    private final List<String> parameters;
    private final List<LayerInfo> layers;
    private final Throughput pace = new Throughput();
    private final EpochClock clock = new EpochClock();
    private int reductions;
    private long step;
    private long examples;
    private final LossScaling scaling;
    private PlannedSegment segment;
    private EpochLoss epochLoss = EpochLoss.NONE;
    private LossScale lossScale;

    public Telemetry(RunListener listener, UpdateRule rule, TaskSpec spec, Layout layout, int stepsPerEpoch) {
        this.listener = listener;
        this.rule = rule;
        this.reduction = spec.loss().reduction();
        this.stepsPerEpoch = stepsPerEpoch;
        this.parameters = layout.parameters().stream().map(Parameter::name).toList();
        this.layers = spec.network().layers();
        this.scaling = spec.lossScaling();
    }

    /**
     * A segment begins.
     *
     * @param soFar the losses of the same epoch before it
     * @param scale that the workers begin with; null where losses are not scaled
     */
    public synchronized void begin(PlannedSegment next, EpochLoss soFar, LossScale scale) {
        segment = next;
        lossScale = scale;
        reductions = next.steps().reductions();
        epochLoss = soFar;
        clock.go();
    }

    /** The segment is over. */
    public synchronized void end() {
        clock.stop();
    }

    /** An epoch is over: tells of it, with the losses of its steps and the time that its segments took. */
    public synchronized void endEpoch(Measured measured) {
        listener.epoch(new RunListener.Epoch(
                segment.epochOf(step),
                step,
                epochLoss.mean(),
                added(epochLoss.meanRegularization()),
                measured.figures(),
                measured.tables(),
                epochLoss.skipped(),
                clock.lapSeconds()));
    }

    @Override
    public synchronized void onStep(StepReport report) {
        step = report.step();
        examples += report.examples();
        epochLoss = segment.endsEpoch(step - 1) ? EpochLoss.NONE : epochLoss;
        epochLoss = epochLoss.plus(report, reduction);
        int epoch = segment.epochOf(step);
        listener.step(new RunListener.Step(
                epoch,
                report.step(),
                EpochLoss.of(report, reduction),
                lr(report.step()),
                pace.after(report.examples(), slowestNs(report)),
                times(report),
                added(report.regularization()),
                gradientNorm(report),
                skipped(report),
                scaling == null ? OptionalDouble.empty() : OptionalDouble.of(lossScale.scale()),
                report.pushed()));
        lossScale = scaling == null ? null : lossScale.after(report.skipped(), scaling);
        tellSignals(epoch, report);
        if (segment.endsEpoch(step) && step < segment.last()) {
            endEpoch(Measured.NONE);
        }
    }

    /** A skipped step has none, nor has one of L-BFGS, which looks at many gradients. */
    private static OptionalDouble gradientNorm(StepReport report) {
        double norm = report.gradientNorm();
        return Double.isFinite(norm) ? OptionalDouble.of(norm) : OptionalDouble.empty();
    }

    private Optional<String> skipped(StepReport report) {
        if (!report.skipped()) {
            return Optional.empty();
        }
        return Optional.of(report.nonFinite() < 0 ? "all workers together" : parameters.get(report.nonFinite()));
    }

    private void tellSignals(int epoch, StepReport report) {
        List<Float> layerStats = report.workers().get(0).layerStats();
        if (!layerStats.isEmpty()) {
            Signals signals = Signals.of(layers, LayerStatsCodec.unpacked(layerStats));
            listener.monitor(new RunListener.Monitor(epoch, report.step(), signals));
        }
    }

    /** What the loss is regularised with, if it is. */
    public OptionalDouble added(double regularization) {
        return rule.regularization().adds() ? OptionalDouble.of(regularization) : OptionalDouble.empty();
    }

    public synchronized EpochLoss epochLoss() {
        return epochLoss;
    }

    /** Of the next step; null where losses are not scaled. */
    public synchronized LossScale lossScale() {
        return lossScale;
    }

    /** The last step that was reported. */
    public synchronized long step() {
        return step;
    }

    public synchronized long examples() {
        return examples;
    }

    private double lr(long step) {
        return rule.lr(rule.groups().size() - 1, new Progress(step - 1, stepsPerEpoch, reductions));
    }

    /** What the step took: all workers wait for the slowest. */
    private static long slowestNs(StepReport report) {
        return report.workers().stream()
                .mapToLong(worker -> worker.times().totalNs())
                .max()
                .orElse(0);
    }

    private static List<RunListener.Times> times(StepReport report) {
        return report.workers().stream()
                .map(worker -> milliseconds(worker.times(), worker.examples()))
                .toList();
    }

    private static RunListener.Times milliseconds(WorkerTimes times, long examples) {
        return new RunListener.Times(
                times.inputNs() / 1e6,
                times.forwardNs() / 1e6,
                times.lossNs() / 1e6,
                times.backwardNs() / 1e6,
                times.sendNs() / 1e6,
                times.waitNs() / 1e6,
                times.applyNs() / 1e6,
                times.hiddenNs() / 1e6,
                examples);
    }
}

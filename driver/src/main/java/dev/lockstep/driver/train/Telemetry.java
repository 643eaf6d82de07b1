package dev.lockstep.driver.train;

import dev.lockstep.driver.report.RunListener;
import dev.lockstep.driver.signal.Signals;
import dev.lockstep.driver.signal.Watched;
import dev.lockstep.losses.Reduction;
import dev.lockstep.optim.schedule.Progress;
import dev.lockstep.optim.update.UpdateRule;
import dev.lockstep.params.Parameter;
import dev.lockstep.params.WorkerReport;
import dev.lockstep.params.WorkerTimes;
import dev.lockstep.params.member.StepListener;
import dev.lockstep.params.member.StepReport;
import dev.lockstep.worker.layer.LayerInfo;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/** Turns what workers report into what people watch. Thread-safe. */
final class Telemetry implements StepListener {
    private final RunListener listener;
    private final UpdateRule rule;
    private final Reduction reduction;
    private final int stepsPerEpoch;
    private final List<String> parameters;
    private final List<LayerInfo> layers;
    private final Pace pace = new Pace();
    private int reductions;
    private long step;
    private long examples;
    private EpochLoss epochLoss = EpochLoss.NONE;

    Telemetry(RunListener listener, Stage stage) {
        this.listener = listener;
        this.rule = stage.rule();
        this.reduction = stage.plan().loss().reduction();
        this.stepsPerEpoch = stage.course().stepsPerEpoch();
        this.parameters =
                stage.layout().parameters().stream().map(Parameter::name).toList();
        this.layers = stage.plan().network().layers();
    }

    /** A leg begins. @param soFar the losses of the same epoch before it */
    synchronized void begin(Leg leg, EpochLoss soFar) {
        reductions = leg.segment().reductions();
        epochLoss = soFar;
    }

    @Override
    public synchronized void onStep(StepReport report) {
        step = report.step();
        examples += report.examples();
        epochLoss = epochLoss.plus(report, reduction);
        int epoch = Math.toIntExact((report.step() - 1) / stepsPerEpoch + 1);
        listener.step(new RunListener.Step(
                epoch,
                report.step(),
                EpochLoss.of(report, reduction),
                lr(report.step()),
                pace.after(report.examples(), slowestNs(report)),
                times(report),
                added(report.regularization()),
                report.nonFinite() < 0 ? Optional.empty() : Optional.of(parameters.get(report.nonFinite()))));
        tellSignals(epoch, report);
    }

    private void tellSignals(int epoch, StepReport report) {
        List<Float> watched = report.workers().get(0).watched();
        if (!watched.isEmpty()) {
            Signals signals = Signals.of(layers, Watched.unpacked(watched));
            listener.monitor(new RunListener.Monitor(epoch, report.step(), signals));
        }
    }

    /** What the loss is regularised with, if it is. */
    OptionalDouble added(double regularization) {
        return rule.regularization().adds() ? OptionalDouble.of(regularization) : OptionalDouble.empty();
    }

    synchronized EpochLoss epochLoss() {
        return epochLoss;
    }

    /** The last step that was reported. */
    synchronized long step() {
        return step;
    }

    synchronized long examples() {
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
                .map(WorkerReport::times)
                .map(Telemetry::milliseconds)
                .toList();
    }

    private static RunListener.Times milliseconds(WorkerTimes times) {
        return new RunListener.Times(
                times.inputNs() / 1e6,
                times.forwardNs() / 1e6,
                times.lossNs() / 1e6,
                times.backwardNs() / 1e6,
                times.sendNs() / 1e6,
                times.waitNs() / 1e6,
                times.applyNs() / 1e6);
    }
}

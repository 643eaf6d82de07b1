package dev.lockstep.driver.train;

import dev.lockstep.driver.data.PackedSlice;
import dev.lockstep.driver.data.TrainingData;
import dev.lockstep.driver.job.EarlyStopping;
import dev.lockstep.driver.job.Job;
import dev.lockstep.driver.job.JobFile;
import dev.lockstep.driver.model.Measured;
import dev.lockstep.driver.model.Weights;
import dev.lockstep.driver.report.RunListener;
import dev.lockstep.driver.task.TaskSpec;
import dev.lockstep.driver.train.state.Checkpoints;
import dev.lockstep.driver.train.state.RunState;
import dev.lockstep.optim.schedule.Progress;
import dev.lockstep.optim.schedule.ReduceLrOnPlateau;
import dev.lockstep.optim.update.LossScale;
import dev.lockstep.optim.update.UpdateRule;
import dev.lockstep.params.Layout;
import dev.lockstep.params.Parameter;
import java.util.List;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;

/**
 * What the driver needs of a job while it trains, and what does not change in that time. In the driver alone; what
 * travels to the tasks is the {@link TaskSpec}.
 *
 * @param data already decoded and fitted; Spark keeps the slices
 * @param layout of the parameters over the shards
 * @param segments how the steps are cut into Spark jobs
 */
record RunContext(
        JavaSparkContext spark,
        Job job,
        TrainingData data,
        TaskSpec spec,
        Layout layout,
        SegmentPlan segments,
        Checkpoints checkpoints) {

    /** Where the trained network goes. */
    ModelOutput models() {
        return new ModelOutput(job, data, spark.hadoopConfiguration());
    }

    SnapshotPlan snapshots() {
        return new SnapshotPlan(job, rule().schedule(), segments);
    }

    /** The network that a run has arrived at. */
    Weights weights(RunState state) {
        return state.weights(spec.network(), layout, rule());
    }

    UpdateRule rule() {
        return job.updateRule(segments.steps(), segments.stepsPerEpoch());
    }

    /** By which workers scale the next step's loss; null where they do not. */
    LossScale lossScale(RunState state) {
        return job.train()
                .lossScaling()
                .map(rule -> state.lossScale() == null ? rule.start() : state.lossScale())
                .orElse(null);
    }

    EarlyStopping earlyStopping() {
        return job.train().earlyStopping();
    }

    int ranges() {
        return layout.ranges().size();
    }

    JavaRDD<PackedSlice> training() {
        return data.training().slices();
    }

    JavaRDD<PackedSlice> validation() {
        return data.validation().isPresent()
                ? data.validation().get().slices()
                : spark.parallelize(List.of(), spec.workers());
    }

    /**
     * Lets Spark read what was lost with an executor, before workers wait for each other: none has to wait for
     * another's reading.
     */
    void readAgain() {
        try {
            data.readAgain();
        } catch (Exception e) {
            // Spark's exceptions are checked, but its Scala methods do not declare them.
            throw DriverFailures.of(e);
        }
    }

    /** What was measured at the end of an epoch. */
    Measured measured(SegmentEnd end) {
        return spec.validation() == null ? Measured.NONE : spec.measurement().measured(end.validation());
    }

    /**
     * What the figure of the epoch that a step ended makes of the state of a schedule that waits for it; null if there
     * is none.
     */
    ReduceLrOnPlateau.State plateau(ReduceLrOnPlateau.State before, long step, double figure) {
        Progress last = new Progress(step - 1, segments.stepsPerEpoch());
        return ReduceLrOnPlateau.after(rule().schedule(), last, before, figure);
    }

    /** The rate of a step's last parameter group. */
    double lr(long step, int reductions) {
        UpdateRule rule = rule();
        return rule.lr(rule.groups().size() - 1, new Progress(step - 1, segments.stepsPerEpoch(), reductions));
    }

    /** Whether a run can go on after a loss: in one process, what is lost takes the driver with it. */
    boolean survives() {
        return !spark.isLocal();
    }

    RunListener.Start start(long resumedFrom) {
        long parameters =
                layout.parameters().stream().mapToLong(Parameter::size).sum();
        return new RunListener.Start(
                job.name(),
                data.training().examples(),
                parameters,
                spec.workers(),
                segments.epochs(),
                segments.stepsPerEpoch(),
                resumedFrom,
                data.encoding().classes().names(),
                JobFile.settings(job));
    }
}

package dev.lockstep.driver.train;

import dev.lockstep.driver.JobFileException;
import dev.lockstep.driver.data.PackedSlice;
import dev.lockstep.driver.data.TrainingData;
import dev.lockstep.driver.job.EarlyStopping;
import dev.lockstep.driver.job.Ensemble;
import dev.lockstep.driver.job.Features;
import dev.lockstep.driver.job.Job;
import dev.lockstep.driver.job.ModelFile;
import dev.lockstep.driver.model.Measured;
import dev.lockstep.driver.model.MemberFolders;
import dev.lockstep.driver.model.ModelFolder;
import dev.lockstep.driver.model.Weights;
import dev.lockstep.driver.report.RunListener;
import dev.lockstep.driver.task.ClusterSpec;
import dev.lockstep.driver.task.ProcessNode;
import dev.lockstep.driver.task.SegmentResult;
import dev.lockstep.driver.task.TaskSpec;
import dev.lockstep.driver.train.progress.Telemetry;
import dev.lockstep.driver.train.state.Checkpoints;
import dev.lockstep.optim.schedule.Progress;
import dev.lockstep.optim.schedule.ReduceLrOnPlateau;
import dev.lockstep.optim.update.UpdateRule;
import dev.lockstep.params.Layout;
import dev.lockstep.params.ParamException;
import dev.lockstep.params.Parameter;
import dev.lockstep.params.link.TransportSettings;
import dev.lockstep.params.member.ClusterSettings;
import dev.lockstep.params.member.Coordinator;
import dev.lockstep.params.shard.RangeContents;
import dev.lockstep.params.shard.ShardRule;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;

/** All that stays the same while a job runs. */
record RunContext(
        JavaSparkContext spark,
        Job job,
        TrainingData data,
        TaskSpec spec,
        Layout layout,
        SegmentPlan segments,
        Checkpoints checkpoints) {

    UpdateRule rule() {
        return job.updateRule(segments.steps(), segments.stepsPerEpoch());
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
    Measured measured(List<SegmentResult> results) {
        return spec.validation() == null
                ? Measured.NONE
                : spec.measurement()
                        .measured(results.stream()
                                .map(result -> result.validation)
                                .toList());
    }

    /** Writes the trained model to the job's output. */
    void saveModel(Weights weights) throws IOException {
        saveModel(new Path(job.output(), "model"), weights);
    }

    /**
     * Cycles of the schedule that end in the epoch that ends after {@code step}, if snapshots are to be kept of them.
     */
    boolean keepsSnapshot(long step) {
        return job.ensemble() instanceof Ensemble.Snapshots && cycles(step) > cycles(step - segments.stepsPerEpoch());
    }

    /** Refuses to begin where the run has fewer cycles than snapshots are wanted. */
    RunContext requireSnapshots() {
        if (job.ensemble() instanceof Ensemble.Snapshots wanted) {
            long kept = 0;
            for (int epoch = 1; epoch <= segments.epochs(); epoch++) {
                kept += keepsSnapshot((long) epoch * segments.stepsPerEpoch()) ? 1 : 0;
            }
            if (kept < wanted.count()) {
                throw new JobFileException(
                        "ensemble.snapshots must be at most the epochs in which a cycle ends: snapshots="
                                + wanted.count() + ", epochs with the end of a cycle=" + kept);
            }
        }
        return this;
    }

    /** Writes what the network is at the end of a cycle. */
    void saveSnapshot(long step, float[] values, float[] buffers) throws IOException {
        saveModel(MemberFolders.model(job.output(), cycles(step)), new Weights(spec.network(), values, buffers));
    }

    private long cycles(long step) {
        return rule().schedule().cycles(new Progress(step, segments.stepsPerEpoch()));
    }

    private void saveModel(Path folder, Weights weights) throws IOException {
        ModelFile file = new ModelFile(
                job.model().weights(null),
                data.rawShape(),
                data.features().isEmpty() ? job.data().features() : new Features(data.features()),
                job.data().label(),
                data.preprocess(),
                job.loss(),
                job.metrics(),
                data.classes(),
                data.classNames());
        new ModelFolder(folder, spark.hadoopConfiguration()).write(file, weights);
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

    /** Opens a coordinator under a new job number. The shards are filled with {@code ranges} when the workers come. */
    Cluster cluster(RangeContents[] ranges, Telemetry telemetry) {
        ClusterSettings settings =
                ClusterSettings.of(ThreadLocalRandom.current().nextInt(), spec.workers());
        int peers = spec.workers() + layout.shards() + 1;
        String host = spark.getConf().get("spark.driver.host", "127.0.0.1");
        TransportSettings network = TransportConf.of(spark.getConf(), host, spark.isLocal() ? 0 : peers);
        Coordinator coordinator = coordinator(settings, network, telemetry);
        ShardRule rule = new ShardRule(spec.loss().reduction()::divisor, rule());
        ClusterSpec cluster = new ClusterSpec(settings, coordinator.address(), layout, rule, network);
        return new Cluster(spark, spec, cluster, coordinator, ranges);
    }

    private Coordinator coordinator(ClusterSettings settings, TransportSettings network, Telemetry telemetry) {
        try {
            return ProcessNode.open(network).coordinate(settings, layout, telemetry);
        } catch (ParamException e) {
            throw DriverFailures.of(e);
        }
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
                resumedFrom);
    }
}

package dev.lockstep.driver.train;

import dev.lockstep.driver.JobFileException;
import dev.lockstep.driver.checkpoint.CheckpointDirectory;
import dev.lockstep.driver.data.PackedData;
import dev.lockstep.driver.data.TrainingData;
import dev.lockstep.driver.data.rows.RowFormat;
import dev.lockstep.driver.failure.Reason;
import dev.lockstep.driver.job.Checkpoint;
import dev.lockstep.driver.job.Ensemble;
import dev.lockstep.driver.job.Job;
import dev.lockstep.driver.model.Measurement;
import dev.lockstep.driver.model.Networks;
import dev.lockstep.driver.model.Weights;
import dev.lockstep.driver.storage.OutputLease;
import dev.lockstep.driver.task.TaskSpec;
import dev.lockstep.driver.train.state.Checkpoints;
import dev.lockstep.driver.train.state.JobIdentity;
import dev.lockstep.params.Layout;
import dev.lockstep.worker.Network;
import dev.lockstep.worker.ReplicaSettings;
import dev.lockstep.worker.ShareLoss;
import java.io.IOException;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.JavaSparkContext;

/**
 * Puts together what a run needs, once its examples are there.
 *
 * @param data already decoded and fitted
 */
record RunPreparation(JavaSparkContext spark, Job job, TrainingData data) {
    /**
     * What the run needs while it trains.
     *
     * @throws dev.lockstep.driver.LockstepException if model, loss, data and workers do not go together
     */
    RunContext context(RunPlaces places) throws IOException {
        Network network = Networks.of(job.model(), data.form(), hadoop());
        requireSound(network);
        int shards = job.train().shards() == null
                ? job.train().workers()
                : job.train().shards();
        Layout layout = layout(network, shards);
        Job weighted = BalancedLoss.in(job, data);
        RunContext context = new RunContext(
                spark, weighted, data, spec(weighted, network), layout, segments(), checkpoints(layout, places));
        context.snapshots().require();
        return context;
    }

    private void requireSound(Network network) {
        JobData.requireClasses(data, network);
        job.requireFits(network);
        requireFittingLabels(network);
        Shares.require(data.training().plan().dealing(), network, job.train().workers());
    }

    private void requireFittingLabels(Network network) {
        RowFormat format = data.training().plan().format();
        try {
            new ShareLoss(job.objective()).requireFit(network.outputShape(), format.groups(), format.targets());
        } catch (IllegalArgumentException e) {
            throw new JobFileException("loss does not fit the model and the labels: " + e.getMessage(), e);
        }
    }

    private static Layout layout(Network network, int shards) {
        try {
            return Layout.of(Weights.parameters(network), Weights.buffers(network), shards);
        } catch (IllegalArgumentException e) {
            throw new JobFileException("model cannot be trained: " + e.getMessage(), e);
        }
    }

    /** @param weighted the job with the loss that is trained */
    private TaskSpec spec(Job weighted, Network network) {
        return new TaskSpec(
                network,
                weighted.objective(),
                new ReplicaSettings(
                        job.train().threadsOf(spark.getConf().getInt("spark.task.cpus", 1)),
                        job.train().device(),
                        job.train().precision()),
                data.training().plan(),
                data.validation().map(PackedData::plan).orElse(null),
                Measurement.of(job.metrics(), weighted.objective()),
                job.train().workers(),
                job.train().seed(),
                job.train().lossScaling().orElse(null),
                monitorEvery());
    }

    private long monitorEvery() {
        return job.monitor() == null
                ? 0
                : job.monitor().every().steps(data.training().plan().dealing().batches());
    }

    private SegmentPlan segments() {
        int stepsPerEpoch = Math.toIntExact(data.training().plan().dealing().batches());
        if (stepsPerEpoch == 0) {
            throw Shares.none(data.training().plan().dealing());
        }
        Checkpoint checkpoint = job.checkpoint();
        return new SegmentPlan(
                job.train().epochs(),
                stepsPerEpoch,
                checkpoint == null ? 0 : checkpoint.every().steps(stepsPerEpoch),
                looksAtEpochs());
    }

    /** Whether anything depends on what an epoch ends with; else no worker needs to stop there. */
    private boolean looksAtEpochs() {
        return data.validation().isPresent()
                || job.train().earlyStopping() != null
                || job.ensemble() instanceof Ensemble.Snapshots
                || job.schedule().plateau().isPresent();
    }

    private Checkpoints checkpoints(Layout layout, RunPlaces places) throws IOException {
        Optional<OutputLease> lease = places.checkpoints();
        return lease.isEmpty()
                ? Checkpoints.nowhere()
                : new Checkpoints(checkpoints(), layout, JobIdentity.of(job, data, hadoop()), lease.get());
    }

    private CheckpointDirectory checkpoints() {
        Checkpoint checkpoint = job.checkpoint();
        Path folder = new Path(job.checkpointFolder().orElseThrow());
        try {
            return new CheckpointDirectory(folder, checkpoint == null ? 1 : checkpoint.keep(), hadoop());
        } catch (IOException e) {
            throw new JobFileException(
                    "checkpoint.dir cannot be reached: dir=" + folder + ", reason=" + Reason.of(e), e);
        }
    }

    private Configuration hadoop() {
        return spark.hadoopConfiguration();
    }
}

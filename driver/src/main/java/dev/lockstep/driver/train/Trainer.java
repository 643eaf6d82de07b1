package dev.lockstep.driver.train;

import dev.lockstep.driver.CancelledException;
import dev.lockstep.driver.DataException;
import dev.lockstep.driver.JobFileException;
import dev.lockstep.driver.OwnContext;
import dev.lockstep.driver.data.TrainingData;
import dev.lockstep.driver.job.Ensemble;
import dev.lockstep.driver.job.Job;
import dev.lockstep.driver.model.TrainedModel;
import dev.lockstep.driver.model.Weights;
import dev.lockstep.driver.report.Listeners;
import dev.lockstep.driver.report.RunListener;
import dev.lockstep.driver.train.progress.EpochLoss;
import dev.lockstep.driver.train.progress.RunGauges;
import dev.lockstep.driver.train.state.Checkpoints;
import dev.lockstep.driver.train.state.RunState;
import dev.lockstep.params.Layout;
import dev.lockstep.params.init.Symmetry;
import dev.lockstep.worker.Network;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Trains a network on Spark: the face of the whole product for Java programs, and what the command line calls.
 *
 * <pre>
 *   TrainResult result = new Trainer(spark, JobFile.read(file, List.of()), listener).run();
 *   TrainedModel model = new Trainer(spark, job.output(null), listener)
 *           .data(rows)
 *           .validation(others)
 *           .run()
 *           .model();
 * </pre>
 *
 * <p>A job without output leaves nothing in any file, but for checkpoints where it says where. Several trainers may run
 * at the same time in one session. A run ends with a {@link dev.lockstep.driver.CancelledException} where its thread is
 * interrupted or its Spark jobs are cancelled, as by their group.
 *
 * <p>{@link #stop} may be called by any thread; the rest by one.
 */
public final class Trainer {
    /** A local property of Spark's context: the address of a page that shows the run, which Spark's pages then name. */
    public static final String PAGE = "spark.lockstep.page";

    private static final Logger LOG = LoggerFactory.getLogger(Trainer.class);

    private final SparkSession spark;
    private final JavaSparkContext sparkContext;
    private final Job job;
    private final RunListener listener;
    private Dataset<Row> rows;
    private Dataset<Row> others;
    private TrainedModel start;
    private volatile boolean stopAsked;
    private volatile TrainingRun running;

    /** @param listener is told how the run goes, beside the metrics file in the job's output */
    public Trainer(SparkSession spark, Job job, RunListener listener) {
        if (job.ensemble() instanceof Ensemble.Seeds seeds) {
            throw new IllegalArgumentException("EnsembleTrainer trains several networks: ensemble=" + seeds);
        }
        this.spark = spark;
        this.sparkContext = OwnContext.of(spark);
        this.job = job;
        this.listener = listener;
    }

    /** Rows to train on, in place of those that the job names. */
    public Trainer data(Dataset<Row> changed) {
        rows = changed;
        return this;
    }

    /** Rows to measure by and not to learn from, in place of what the job says. */
    public Trainer validation(Dataset<Row> changed) {
        others = changed;
        return this;
    }

    /** A model to go on from, in place of the job's initialisation. */
    public Trainer startFrom(TrainedModel changed) {
        start = changed;
        return this;
    }

    /**
     * Trains from the first step.
     *
     * @throws dev.lockstep.driver.LockstepException that says what was wrong, and where
     */
    public TrainResult run() {
        return run(/* resume */ false);
    }

    /**
     * Goes on from the newest checkpoint, bit for bit as if the run had not been cut; from the first step where
     * neither that nor a model is there.
     */
    public TrainResult resume() {
        return run(/* resume */ true);
    }

    /**
     * Lets the step in progress finish everywhere, writes a checkpoint and makes {@link #run} return.
     *
     * @return whether there is a step in progress; else there will be one, as soon as the data are read
     */
    public boolean stop() {
        stopAsked = true;
        TrainingRun run = running;
        if (run != null) {
            run.stop();
        }
        return run != null;
    }

    private TrainResult run(boolean resume) {
        if (job.output() == null) {
            job.requireSound();
        }
        job.cautions().forEach(LOG::warn);
        CompressionText.of(job.train().compression())
                .ifPresent(text -> LOG.info("Compression between hosts: {}", text));
        try (RunPlaces places = RunPlaces.take(job, hadoop());
                GivenData given = new GivenData(spark, rows, others)) {
            return run(given.in(job), places, resume);
        } catch (CancelledException e) {
            // Not before all is closed: files are not written by an interrupted thread.
            DriverFailures.restoreInterrupt(e);
            throw e;
        }
    }

    private TrainResult run(Job read, RunPlaces places, boolean resume) {
        Cluster.requireOptions(sparkContext);
        Slots.require(sparkContext, job.train().workers());
        TrainingData data = loaded(read);
        try {
            return run(data, places, resume);
        } catch (IOException e) {
            throw new DataException(
                    "Output could not be written: output=" + job.output() + ", reason=" + e.getMessage(), e);
        } finally {
            data.unpersist();
        }
    }

    private TrainingData loaded(Job read) {
        JobLabels labels = JobLabels.of(sparkContext, job.name(), "reading data");
        try {
            return JobData.load(spark, read);
        } finally {
            labels.close();
        }
    }

    private TrainResult run(TrainingData data, RunPlaces places, boolean resume) throws IOException {
        RunContext context = new RunPreparation(sparkContext, job, data).context(places);
        RunState state = resume ? saved(context) : null;
        if (state == null) {
            warnOfEarlier(context);
            state = first(context.spec().network(), context.layout());
        }

        try (RunPlaces.Telling telling = places.telling(job, hadoop(), listener);
                RunGauges gauges = RunGauges.open(sparkContext, job.name())) {
            RunListener all = Listeners.of(telling.listener(), gauges);
            TrainingRun run = new TrainingRun(context, state, all, places);
            running = run;
            if (stopAsked) {
                run.stop();
            }
            TrainResult result = run.run();
            if (result.status() == TrainResult.Status.INTERRUPTED) {
                context.models()
                        .earlier()
                        .ifPresent(model -> LOG.warn("The model is still an earlier run's: model={}", model));
            }
            return result;
        }
    }

    /** Tells somebody who begins anew what that replaces. */
    private static void warnOfEarlier(RunContext context) throws IOException {
        Optional<String> checkpoints = context.checkpoints().earlier();
        Optional<Path> model = context.models().earlier();
        checkpoints
                .or(() -> model.map(
                        path -> "There is the model of an earlier run, which this run replaces when it is done."
                                + " Another output keeps both: model=" + path))
                .ifPresent(LOG::warn);
    }

    /** Where to go on from; null if nothing was saved. */
    private RunState saved(RunContext context) throws IOException {
        Optional<Checkpoints.Saved> newest = context.checkpoints().newest();
        if (newest.isEmpty()) {
            requireNoModel(context);
            LOG.warn(context.checkpoints().nothing(job.checkpoint() != null));
            return null;
        }

        RunState state = newest.get().state();
        if (!newest.get().changes().isEmpty()) {
            LOG.warn(
                    "The job has changed since its checkpoint: {}. The learning rate goes on with {}, after {}.",
                    newest.get().changes(),
                    (float) context.lr(state.step() + 1, state.reductions()),
                    (float) state.lr());
        }
        return state.forWorkers(job.train().workers(), job.objective().reduction()::divisor);
    }

    /** A run that is done is not begun anew by somebody who wants to go on with it. */
    private void requireNoModel(RunContext context) throws IOException {
        Optional<Path> model = context.models().earlier();
        if (model.isPresent()) {
            throw new JobFileException("There is a model and no checkpoint to resume from: model=" + model.get()
                    + ". The run without --resume begins anew and replaces it"
                    + (job.checkpoint() == null
                            ? "; with a section checkpoint, a job keeps what --resume goes on from."
                            : "."));
        }
    }

    private RunState first(Network network, Layout layout) throws IOException {
        Weights weights = start == null
                ? InitialWeights.of(job, network, hadoop())
                : InitialWeights.of(network, start.members().get(0));
        Symmetry.warnings(layout.parameters(), FloatBuffer.wrap(weights.values()))
                .forEach(LOG::warn);
        return new RunState(
                0, InitialWeights.ranges(weights, layout), null, null, EpochLoss.NONE, null, null, Double.NaN, null);
    }

    private Configuration hadoop() {
        return sparkContext.hadoopConfiguration();
    }
}

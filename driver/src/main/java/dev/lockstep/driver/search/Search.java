package dev.lockstep.driver.search;

import dev.lockstep.driver.DataException;
import dev.lockstep.driver.JobFileException;
import dev.lockstep.driver.TrainingException;
import dev.lockstep.driver.job.Job;
import dev.lockstep.driver.model.ModelFolder;
import dev.lockstep.driver.report.Listeners;
import dev.lockstep.driver.report.RunListener;
import dev.lockstep.driver.storage.AtomicWrite;
import dev.lockstep.driver.storage.OutputLease;
import dev.lockstep.driver.train.TrainResult;
import dev.lockstep.driver.train.Trainer;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.SparkSession;

/**
 * Makes one trial after another. {@code OUTPUT/model} is the best one's so far, {@code OUTPUT/trials/N} has each one's
 * metrics, and {@code OUTPUT/search.jsonl} a line for each. A trial that diverges, or whose settings do not fit, is a
 * line as well.
 *
 * <p>{@link #stop} may be called by any thread; the rest by one.
 */
public final class Search {
    private final SparkSession spark;
    private final Path output;
    private final Ranking ranking;
    private final RunListener listener;
    private volatile boolean stopAsked;
    private volatile Trainer running;

    /**
     * @param base the job without the settings that are tried; its output gets all
     * @param metric that says which trial is best: {@code loss} or one of the job's
     * @throws JobFileException if the job has no such metric or no output, or is that of an ensemble
     */
    public Search(SparkSession spark, Job base, String metric, RunListener listener) {
        if (base.output() == null) {
            throw new JobFileException("output is missing, and a search needs a place for its trials");
        }
        this.spark = spark;
        this.output = new Path(base.output());
        this.ranking = Ranking.of(base, metric);
        this.listener = listener;
    }

    /**
     * Makes the trials.
     *
     * @param resume whether to keep the trials that an earlier search in the same place has finished, and make only
     *     others
     * @throws dev.lockstep.driver.LockstepException if the data or the cluster fail
     */
    public SearchResult run(List<Candidate> candidates, boolean resume) {
        try (OutputLease lease = OutputLease.take(output, hadoop())) {
            return trials(candidates, resume, lease);
        } catch (IOException e) {
            throw new DataException("Output could not be written: output=" + output + ", reason=" + e.getMessage(), e);
        }
    }

    /** As {@link Trainer#stop}. */
    public boolean stop() {
        stopAsked = true;
        Trainer trainer = running;
        return trainer != null && trainer.stop();
    }

    private SearchResult trials(List<Candidate> candidates, boolean resume, OutputLease lease) throws IOException {
        TrialLog log = new TrialLog(output, hadoop());
        if (resume) {
            log.takeOver();
        }
        Trial best = null;
        for (Trial earlier : log.trials()) {
            best = ranking.better(earlier, best) ? earlier : best;
        }
        for (Candidate candidate : candidates) {
            if (log.has(candidate.settings())) {
                continue;
            }
            Job job = candidate.job(log.trials().size() + 1);
            Optional<Trial> made = trial(candidate, job, log.trials().size() + 1);
            if (made.isEmpty()) {
                return new SearchResult(log.trials(), best, ranking, /* interrupted */ true);
            }
            boolean better = ranking.better(made.get(), best);
            best = better ? made.get() : best;
            lease.requireHeld();
            keep(job, better);
            log.add(made.get());
        }
        log.end(best);
        return new SearchResult(log.trials(), best, ranking, /* interrupted */ false);
    }

    /** Empty if somebody asked for a stop. */
    private Optional<Trial> trial(Candidate candidate, Job job, int number) {
        KeptEpoch kept = new KeptEpoch(job);
        long beganNs = System.nanoTime();
        try {
            Trainer trainer = new Trainer(spark, job, Listeners.of(kept, listener));
            running = trainer;
            if (stopAsked) {
                boolean unused = trainer.stop();
            }
            TrainResult.Status status = trainer.run().status();
            if (status == TrainResult.Status.INTERRUPTED) {
                return Optional.empty();
            }
            String name = status.name().toLowerCase(Locale.ROOT);
            return Optional.of(new Trial(
                    number,
                    candidate.settings(),
                    name,
                    secondsSince(beganNs),
                    kept.training(),
                    kept.validation(),
                    null));
        } catch (TrainingException | JobFileException e) {
            return Optional.of(Trial.failed(number, candidate.settings(), secondsSince(beganNs), e.getMessage()));
        }
    }

    private static double secondsSince(long beganNs) {
        return (System.nanoTime() - beganNs) / 1e9;
    }

    /** Of what a trial leaves, the metrics stay; the model only if it is the best so far. */
    private void keep(Job job, boolean best) throws IOException {
        FileSystem files = output.getFileSystem(hadoop());
        Path model = ModelFolder.in(new Path(job.output()));
        if (best) {
            AtomicWrite.move(files, model, ModelFolder.in(output));
        }
        AtomicWrite.discard(files, model);
        AtomicWrite.discard(files, new Path(job.output(), "checkpoints"));
    }

    private Configuration hadoop() {
        return spark.sparkContext().hadoopConfiguration();
    }
}

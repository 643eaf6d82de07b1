package dev.lockstep.driver.ensemble;

import dev.lockstep.driver.DataException;
import dev.lockstep.driver.JobFileException;
import dev.lockstep.driver.job.Data;
import dev.lockstep.driver.job.Ensemble;
import dev.lockstep.driver.job.Job;
import dev.lockstep.driver.report.RunListener;
import dev.lockstep.driver.storage.OutputLease;
import dev.lockstep.driver.train.TrainResult.Status;
import dev.lockstep.driver.train.Trainer;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.SparkSession;

/**
 * Trains the networks of a job's {@link Ensemble} and puts them together. Each is left in {@code OUTPUT/members/N};
 * {@code OUTPUT/model} has them all, and {@code OUTPUT/ensemble.jsonl} the figures. All members are held to the same
 * validation rows.
 *
 * <p>{@link #stop} may be called by any thread; the rest by one.
 */
public final class EnsembleTrainer {
    private final SparkSession spark;
    private final Job job;
    private final RunListener listener;
    private final EnsembleMembers assembly;
    private volatile boolean stopAsked;
    private volatile Trainer running;

    /** @param listener is told of one run after another */
    public EnsembleTrainer(SparkSession spark, Job job, RunListener listener) {
        if (job.output() == null) {
            throw new JobFileException("output is missing, and the members of an ensemble need a place");
        }
        this.spark = spark;
        this.job = job.data(fixed(job.data(), job.train().seed()));
        this.listener = listener;
        this.assembly = new EnsembleMembers(spark, this.job);
    }

    private static Data fixed(Data data, long seed) {
        return data.validation() == null
                ? data
                : data.validation(data.validation().drawnBy(seed));
    }

    /** @throws dev.lockstep.driver.LockstepException that says what was wrong, and where */
    public EnsembleResult run() {
        return run(/* resume */ false);
    }

    /** Goes on with the member that was interrupted; those that are done stay as they are. */
    public EnsembleResult resume() {
        return run(/* resume */ true);
    }

    /** As {@link Trainer#stop}. */
    public boolean stop() {
        stopAsked = true;
        Trainer trainer = running;
        return trainer != null && trainer.stop();
    }

    private EnsembleResult run(boolean resume) {
        Configuration hadoop = spark.sparkContext().hadoopConfiguration();
        try (OutputLease lease = OutputLease.take(new Path(job.output()), hadoop)) {
            if (!resume) {
                assembly.clear();
            }
            Status status = train(resume);
            if (status == Status.INTERRUPTED) {
                return new EnsembleResult(status, List.of(), Map.of());
            }
            lease.requireHeld();
            return assembly.finish();
        } catch (IOException e) {
            throw new DataException(
                    "Output could not be written: output=" + job.output() + ", reason=" + e.getMessage(), e);
        }
    }

    private Status train(boolean resume) throws IOException {
        if (job.ensemble() instanceof Ensemble.Snapshots) {
            return train(job, resume);
        }
        for (int member = 1; member <= job.ensemble().count(); member++) {
            Job own = member(member);
            // It has no checkpoint where the job keeps none, or where it gave up before the first was due.
            boolean done = resume && assembly.isDone(own);
            if (!done && train(own, resume) == Status.INTERRUPTED) {
                return Status.INTERRUPTED;
            }
        }
        return Status.DONE;
    }

    private Status train(Job one, boolean resume) {
        Trainer trainer = new Trainer(spark, one, listener);
        running = trainer;
        if (stopAsked) {
            boolean unused = trainer.stop();
        }
        return (resume ? trainer.resume() : trainer.run()).status();
    }

    /** The job of one member: its own seed and its own place. */
    private Job member(int number) {
        Job own = job.ensemble(null)
                .name(job.name() + " " + number)
                .train(job.train().seed(job.train().seed() + number - 1))
                .output(assembly.output(number));
        boolean placed = job.checkpoint() != null && job.checkpoint().dir() != null;
        return placed ? own.checkpoint(job.checkpoint().dir(job.checkpoint().dir() + "/" + number)) : own;
    }
}

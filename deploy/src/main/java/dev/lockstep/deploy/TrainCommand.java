package dev.lockstep.deploy;

import dev.lockstep.deploy.page.PageServer;
import dev.lockstep.deploy.page.WatchedRuns;
import dev.lockstep.driver.DataException;
import dev.lockstep.driver.ExitCode;
import dev.lockstep.driver.JobFileException;
import dev.lockstep.driver.ensemble.EnsembleResult;
import dev.lockstep.driver.ensemble.EnsembleTrainer;
import dev.lockstep.driver.job.Job;
import dev.lockstep.driver.job.JobFile;
import dev.lockstep.driver.report.ProgressLine;
import dev.lockstep.driver.report.RunListener;
import dev.lockstep.driver.train.TrainResult;
import dev.lockstep.driver.train.Trainer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code lockstep train}: a job file's run from its first step, or from its newest checkpoint. */
@Command(name = "train", description = "Train the network that a job file describes.")
final class TrainCommand implements Callable<Integer> {
    @Parameters(paramLabel = "JOB", description = "The job file.")
    private Path file;

    @Mixin
    private MasterOption master;

    @Mixin
    private SettingsOption settings;

    @Option(
            names = "--resume",
            description =
                    "Go on from the newest checkpoint; from the first step where neither that nor a model is there.")
    private boolean resume;

    @Mixin
    private PageOption page;

    @Override
    public Integer call() {
        try {
            return trained(JobFile.read(file, settings.values()));
        } catch (DataException e) {
            throw e.key().map(key -> placed(e, key)).orElse(e);
        }
    }

    private DataException placed(DataException e, String key) {
        // A pipe has nothing to be read twice.
        if (!Files.isRegularFile(file)) {
            return e;
        }
        try {
            return new DataException(JobFile.place(file, settings.values(), key) + ": " + e.getMessage(), e);
        } catch (JobFileException changed) {
            // The file has been changed or removed meanwhile.
            return e;
        }
    }

    private int trained(Job job) {
        RunListener progress = ProgressLine.onTerminal();
        try (PageServer served = page.bind();
                OpenSession session =
                        Sessions.open(job.name(), master.value(), job.train().workers())) {
            SparkSession spark = session.spark();
            StartExamination.say(spark, job);
            show(served, job, spark);
            TrainResult.Status status =
                    job.ensemble() == null ? one(spark, job, progress) : several(spark, job, progress);
            if (status == TrainResult.Status.INTERRUPTED) {
                System.out.println("to go on: the same command with --resume");
                return ExitCode.INTERRUPTED.code();
            }
            System.out.println("model: " + job.output() + "/model");
            return ExitCode.DONE.code();
        }
    }

    private static void show(PageServer served, Job job, SparkSession spark) {
        if (served != null) {
            served.show(new WatchedRuns(
                    List.of(new org.apache.hadoop.fs.Path(job.output())),
                    spark.sparkContext().hadoopConfiguration()));
            spark.sparkContext().setLocalProperty(Trainer.PAGE, served.address());
            System.out.println("page: " + served.url());
        }
    }

    private TrainResult.Status one(SparkSession spark, Job job, RunListener progress) {
        Trainer trainer = new Trainer(spark, job, progress);
        Interruption.goesTo(trainer::stop);
        return (resume ? trainer.resume() : trainer.run()).status();
    }

    private TrainResult.Status several(SparkSession spark, Job job, RunListener progress) {
        EnsembleTrainer trainer = new EnsembleTrainer(spark, job, progress);
        Interruption.goesTo(trainer::stop);
        EnsembleResult result = resume ? trainer.resume() : trainer.run();
        result.lines().forEach(System.out::println);
        return result.status();
    }
}

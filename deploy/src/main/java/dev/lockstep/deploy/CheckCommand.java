package dev.lockstep.deploy;

import dev.lockstep.deploy.plot.CheckPicture;
import dev.lockstep.driver.DataException;
import dev.lockstep.driver.JobFileException;
import dev.lockstep.driver.check.CheckReport;
import dev.lockstep.driver.check.CheckSettings;
import dev.lockstep.driver.check.CheckText;
import dev.lockstep.driver.check.Checker;
import dev.lockstep.driver.failure.Reason;
import dev.lockstep.driver.job.Job;
import dev.lockstep.driver.job.JobFile;
import dev.lockstep.driver.storage.AtomicWrite;
import dev.lockstep.driver.storage.PlainFiles;
import dev.lockstep.driver.train.FirstBatch;
import java.io.IOException;
import java.io.PrintWriter;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/**
 * {@code lockstep check}: whether a job's gradient is the slope of its loss, and how strong signals are in its layers.
 */
@Command(
        name = "check",
        description = "Check a job's gradient in float64, and how strong signals are in its layers at the first step.")
final class CheckCommand implements Runnable {
    private static final String PICTURE = "check.png";

    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "JOB", description = "The job file.")
    private java.nio.file.Path file;

    @Mixin
    private MasterOption master;

    @Mixin
    private SettingsOption settings;

    @Option(
            names = "--examples",
            paramLabel = "N",
            description = "Check the gradient with so many examples of the first batch. Default: ${DEFAULT-VALUE}.")
    private int examples = CheckSettings.DEFAULTS.examples();

    @Option(
            names = "--values",
            paramLabel = "N",
            description = "Try so many values of each parameter. Default: ${DEFAULT-VALUE}.")
    private int values = CheckSettings.DEFAULTS.values();

    @Option(
            names = "--tolerance",
            paramLabel = "T",
            description = "Fail above this relative error. Default: ${DEFAULT-VALUE}.")
    private double tolerance = CheckSettings.DEFAULTS.tolerance();

    @Override
    public void run() {
        Checker checker = checker(JobFile.read(file, settings.values()));
        try (OpenSession session = Sessions.open(
                checker.job().name(), master.value(), checker.job().train().workers())) {
            SparkSession spark = session.spark();
            CheckReport report = checker.run(FirstBatch.of(spark, checker.job()), done -> {});
            PrintWriter out = spec.commandLine().getOut();
            CheckText.lines(report).forEach(out::println);
            Path picture = new Path(checker.job().output(), PICTURE);
            out.println(
                    "picture: " + drawn(report, picture, spark.sparkContext().hadoopConfiguration()));
            out.flush();
            report.gradients().requireRight();
        }
    }

    private Checker checker(Job job) {
        try {
            return new Checker(job, new CheckSettings(examples, values, tolerance));
        } catch (IllegalArgumentException e) {
            throw new JobFileException("--" + e.getMessage(), e);
        }
    }

    /** Where it is, or why there is none: the text says as much, and machines without fonts are no reason to fail. */
    private static String drawn(CheckReport report, Path file, Configuration hadoop) {
        byte[] png;
        try {
            png = CheckPicture.png(report);
        } catch (DataException e) {
            return "none. " + e.getMessage();
        }
        try {
            AtomicWrite.file(PlainFiles.of(file, hadoop), file, out -> out.write(png));
            return file.toString();
        } catch (IOException e) {
            throw new DataException("Picture cannot be written: file=" + file + ", reason=" + Reason.of(e), e);
        }
    }
}

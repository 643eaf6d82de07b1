package dev.lockstep.deploy;

import dev.lockstep.deploy.submit.OutputPlace;
import dev.lockstep.deploy.submit.ShellWords;
import dev.lockstep.deploy.submit.SparkHome;
import dev.lockstep.deploy.submit.Submission;
import dev.lockstep.driver.ExitCode;
import dev.lockstep.driver.JobFileException;
import dev.lockstep.driver.job.Job;
import dev.lockstep.driver.job.JobFile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.spark.SparkConf;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/**
 * {@code lockstep submit}: the command line that trains by somebody's own Spark. This prints it; {@code bin/lockstep}
 * then runs it in its own place, so that signals and the exit code are those of spark-submit.
 */
@Command(
        name = "submit",
        description =
                "Train with the Spark that SPARK_HOME names, by its spark-submit: what stands behind -- is its options.")
final class SubmitCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @ParentCommand
    private Lockstep lockstep;

    @Parameters(index = "0", paramLabel = "JOB", description = "The job file.")
    private Path file;

    @Parameters(
            index = "1..*",
            paramLabel = "-- SPARK-SUBMIT-OPTION",
            description = "Options for spark-submit, as --master yarn --deploy-mode cluster.")
    private List<String> options = List.of();

    @Mixin
    private SettingsOption settings;

    @Option(names = "--resume", description = "Go on from the newest checkpoint; from the first step if there is none.")
    private boolean resume;

    @Option(names = "--print", description = "Only print the command, quoted for a shell.")
    private boolean print;

    @Override
    public Integer call() {
        Job job = JobFile.read(file, settings.values());
        SparkHome spark = SparkHome.find(
                System.getProperty("lockstep.spark.home", System.getenv("SPARK_HOME")),
                Optional.ofNullable(System.getenv("PATH")).orElse(""));
        spark.requireLike(jarOf(SparkConf.class).getFileName().toString());
        Submission submission = new Submission(spark, jars(), Sessions.ADD_OPENS, file, job, arguments());
        Path defaults = Optional.ofNullable(System.getenv("SPARK_CONF_DIR"))
                .map(Path::of)
                .orElseGet(() -> spark.home().resolve("conf"))
                .resolve("spark-defaults.conf");

        new OutputPlace(job, FileSystem.getDefaultUri(new Configuration()))
                .caution(options, defaults)
                .ifPresent(said -> spec.commandLine().getErr().println("lockstep: " + said));
        spec.commandLine().getOut().println(ShellWords.line(submission.words(options, defaults)));
        return ExitCode.DONE.code();
    }

    private List<String> arguments() {
        List<String> arguments = new ArrayList<>();
        settings.values().forEach(setting -> Collections.addAll(arguments, "--set", setting));
        if (resume) {
            arguments.add("--resume");
        }
        if (lockstep.isDebugging()) {
            arguments.add("--debug");
        }
        return arguments;
    }

    private static List<Path> jars() {
        return Distribution.running()
                .map(Distribution::jars)
                .orElseThrow(() -> new JobFileException(
                        "Only bin/lockstep of a distribution can submit: it is started from there, and lockstep.home is not"
                                + " set."));
    }

    private static Path jarOf(Class<?> type) {
        return Path.of(type.getProtectionDomain().getCodeSource().getLocation().getPath());
    }
}

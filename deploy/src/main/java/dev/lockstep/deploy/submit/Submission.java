package dev.lockstep.deploy.submit;

import dev.lockstep.driver.JobFileException;
import dev.lockstep.driver.job.Job;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A training as the words of a command line that submits it. What executors need Lockstep's driver tells Spark itself;
 * here is what has to be known before there is one.
 *
 * @param spark whose spark-submit it is for
 * @param jars Lockstep's, the one with the main class first
 * @param opens what the driver's JVM needs
 * @param jobFile as the user named it
 * @param job what it says
 * @param arguments of the training, behind its job file
 */
public record Submission(
        SparkHome spark, List<Path> jars, String opens, Path jobFile, Job job, List<String> arguments) {
    private static final String MAIN = "dev.lockstep.deploy.Lockstep";
    /** YARN starts a driver again that has failed, and a second one would begin anew. */
    private static final String ATTEMPTS = "spark.yarn.maxAppAttempts";

    /**
     * @param given options for spark-submit, which are kept
     * @param defaults Spark's file of defaults
     */
    public List<String> words(List<String> given, Path defaults) {
        SubmitOptions options = SubmitOptions.parse(given);
        Target target = Target.of(options, defaults);
        boolean isAgain = arguments.contains("--resume");
        requireResume(isAgain, options, defaults);
        requireFile();
        Optional<String> theirFiles = options.setting("--files", "spark.files", defaults);
        Optional<Luggage> luggage = target.isBrought()
                ? Optional.of(Luggage.of(jobFile, job, theirFiles.orElse(""), target))
                : Optional.empty();

        List<String> words = new ArrayList<>(List.of(spark.submit().toString()));
        words.addAll(options.words());
        if (options.setting("--name", "spark.app.name", defaults).isEmpty()) {
            Collections.addAll(words, "--name", job.name());
        }
        String others = options.setting("--driver-java-options", "spark.driver.extraJavaOptions", defaults)
                .orElse("");
        Collections.addAll(words, "--driver-java-options", (opens + " " + others).strip());
        if (target.isClusterOfYarn()
                && !isAgain
                && options.setting(ATTEMPTS, defaults).isEmpty()) {
            Collections.addAll(words, "--conf", ATTEMPTS + "=1");
        }
        add(words, "--jars", options.setting("--jars", "spark.jars", defaults), jars.subList(1, jars.size()));
        add(words, "--files", theirFiles, luggage.map(Luggage::files).orElse(List.of()));
        Collections.addAll(words, "--class", MAIN, jars.get(0).toString(), "train");
        words.add(luggage.map(Luggage::job).orElseGet(() -> place(target)));
        words.addAll(arguments);
        luggage.ifPresent(own -> own.settings().forEach(setting -> Collections.addAll(words, "--set", setting)));
        return words;
    }

    /** A standalone master starts a supervised driver again, whatever it has ended with. */
    private static void requireResume(boolean isAgain, SubmitOptions options, Path defaults) {
        boolean isSupervised = options.words().contains("--supervise")
                || options.setting("spark.driver.supervise", defaults).equals(Optional.of("true"));
        if (isSupervised && !isAgain) {
            throw new JobFileException("A supervised driver that is started again would begin anew: --supervise=true,"
                    + " --resume=false. Give --resume before --.");
        }
    }

    /** A pipe, as the standard input, is empty once it has been read here. */
    private void requireFile() {
        if (!Files.isRegularFile(jobFile)) {
            throw new JobFileException("A job is submitted by a file, which its driver reads again: file=" + jobFile
                    + ". Write it to one.");
        }
    }

    private static void add(List<String> words, String option, Optional<String> theirs, List<Path> ours) {
        String all = Stream.concat(
                        theirs.stream(), ours.stream().map(file -> file.toUri().toString()))
                .collect(Collectors.joining(","));
        if (!all.isEmpty()) {
            Collections.addAll(words, option, all);
        }
    }

    private String place(Target target) {
        return target.isCluster() ? jobFile.toAbsolutePath().normalize().toString() : jobFile.toString();
    }
}

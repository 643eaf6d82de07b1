package dev.lockstep.deploy.submit;

import dev.lockstep.driver.job.Job;
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
    private static final String YARN = "yarn";
    /** YARN starts a driver again that has failed, and a second one would begin anew. */
    private static final String ATTEMPTS = "spark.yarn.maxAppAttempts";

    /**
     * @param given options for spark-submit, which are kept
     * @param defaults Spark's file of defaults
     */
    public List<String> words(List<String> given, Path defaults) {
        SubmitOptions options = SubmitOptions.parse(given);
        boolean isCluster = options.setting("--deploy-mode", "spark.submit.deployMode", defaults)
                .filter("cluster"::equals)
                .isPresent();
        String master = options.setting("--master", "spark.master", defaults).orElse("");
        // A standalone master has no means to bring files to a driver.
        boolean isBrought = isCluster && (master.startsWith(YARN) || master.startsWith("k8s"));
        Optional<Luggage> luggage = isBrought ? Optional.of(Luggage.of(jobFile, job)) : Optional.empty();

        List<String> words = new ArrayList<>(List.of(spark.submit().toString()));
        words.addAll(options.words());
        if (options.setting("--name", "spark.app.name", defaults).isEmpty()) {
            Collections.addAll(words, "--name", job.name());
        }
        String others = options.setting("--driver-java-options", "spark.driver.extraJavaOptions", defaults)
                .orElse("");
        Collections.addAll(words, "--driver-java-options", (opens + " " + others).strip());
        boolean isAgain = arguments.contains("--resume")
                || options.setting(ATTEMPTS, defaults).isPresent();
        if (isCluster && master.startsWith(YARN) && !isAgain) {
            Collections.addAll(words, "--conf", ATTEMPTS + "=1");
        }
        add(words, "--jars", options.setting("--jars", "spark.jars", defaults), jars.subList(1, jars.size()));
        add(
                words,
                "--files",
                options.setting("--files", "spark.files", defaults),
                luggage.map(Luggage::files).orElse(List.of()));
        Collections.addAll(words, "--class", MAIN, jars.get(0).toString(), "train");
        words.add(luggage.map(Luggage::job).orElseGet(() -> place(isCluster)));
        words.addAll(arguments);
        luggage.ifPresent(own -> own.settings().forEach(setting -> Collections.addAll(words, "--set", setting)));
        return words;
    }

    private static void add(List<String> words, String option, Optional<String> theirs, List<Path> ours) {
        String all = Stream.concat(
                        theirs.stream(), ours.stream().map(file -> file.toUri().toString()))
                .collect(Collectors.joining(","));
        if (!all.isEmpty()) {
            Collections.addAll(words, option, all);
        }
    }

    private String place(boolean isCluster) {
        return isCluster ? jobFile.toAbsolutePath().normalize().toString() : jobFile.toString();
    }
}

package dev.lockstep.deploy.submit;

import dev.lockstep.driver.JobFileException;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The Spark that the user has.
 *
 * @param home its folder
 * @param submit its spark-submit
 */
public record SparkHome(Path home, Path submit) {
    private static final String SUBMIT = "spark-submit";

    /**
     * That of SPARK_HOME, or else the one whose spark-submit is on the PATH.
     *
     * @param home what SPARK_HOME says; empty or null where it is not set
     * @throws JobFileException if there is none
     */
    public static SparkHome find(String home, String path) {
        if (home != null && !home.isEmpty()) {
            return of(Path.of(home));
        }
        return Arrays.stream(path.split(File.pathSeparator))
                .map(folder -> Path.of(folder).resolve(SUBMIT))
                .filter(Files::isExecutable)
                .findFirst()
                .map(SparkHome::around)
                .orElseThrow(
                        () -> new JobFileException("There is no Spark to submit with: SPARK_HOME=, and no " + SUBMIT
                                + " on the PATH. Set SPARK_HOME to the folder of your Spark, or train from here, with"
                                + " lockstep train --master."));
    }

    private static SparkHome of(Path home) {
        Path submit = home.resolve("bin").resolve(SUBMIT);
        if (!Files.isExecutable(submit)) {
            throw new JobFileException("SPARK_HOME has no " + SUBMIT + ": SPARK_HOME=" + home + ", looked for=" + submit
                    + ". Set it to the folder of your Spark.");
        }
        return new SparkHome(home, submit);
    }

    /** The command may be a link into the folder, or somebody's script far from it. */
    private static SparkHome around(Path submit) {
        try {
            return new SparkHome(submit.toRealPath().resolve("../..").normalize(), submit);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * @param ours the name of the jar of Spark that Lockstep was built with
     * @throws JobFileException if this Spark is of another Scala or another major version
     */
    public void requireLike(String ours) {
        Optional<SparkJar> theirs = jar();
        if (theirs.isPresent() && !theirs.get().isLike(SparkJar.parse(ours).orElseThrow())) {
            throw new JobFileException("This Lockstep is for another Spark: SPARK_HOME=" + home + ", has="
                    + theirs.get() + ", built with="
                    + ours + ". Lockstep is for Spark 3.5 of Scala 2.12, and lockstep-spark4 for Spark 4 of Scala"
                    + " 2.13.");
        }
    }

    /** Empty where the folder is laid out otherwise, as that of a script that starts Spark from elsewhere. */
    private Optional<SparkJar> jar() {
        try (Stream<Path> jars = Files.list(home.resolve("jars"))) {
            return jars.map(jar -> jar.getFileName().toString())
                    .sorted()
                    .flatMap(name -> SparkJar.parse(name).stream())
                    .findFirst();
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}

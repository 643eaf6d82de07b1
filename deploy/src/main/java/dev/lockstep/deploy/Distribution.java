package dev.lockstep.deploy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The folder that {@code bin/lockstep} runs from: {@code lib/} is what Lockstep adds to the Spark in {@code jars/}.
 *
 * @param home absolute path
 */
record Distribution(Path home) {
    /**
     * Empty where something else started this JVM, such as spark-submit or a test: it then has the class path in its
     * hands.
     */
    static Optional<Distribution> running() {
        return Optional.ofNullable(System.getProperty("lockstep.home"))
                .map(Path::of)
                .map(Distribution::new);
    }

    /** Lockstep's jars, for executors that have Spark and nothing else. */
    String jars() {
        try (Stream<Path> files = Files.list(home.resolve("lib"))) {
            return files.map(Path::toUri).map(Object::toString).sorted().collect(Collectors.joining(","));
        } catch (IOException e) {
            throw new IllegalStateException("The distribution is incomplete: home=" + home, e);
        }
    }

    /** The same jars as a class path, for executors on this machine. */
    String classPath() {
        return home.resolve("lib") + "/*";
    }
}

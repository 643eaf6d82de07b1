package dev.lockstep.deploy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The folder that {@code bin/lockstep} runs from: {@code lib/} is what Lockstep adds to the Spark in {@code jars/}.
 *
 * @param home absolute path
 */
record Distribution(Path home) {
    /** One jar has everything where it is packed, and the command line alone where it is built. */
    private static final Pattern MAIN = Pattern.compile("lockstep-(spark4?|deploy)-.*\\.jar");

    /**
     * Empty where something else started this JVM, such as spark-submit or a test: it then has the class path in its
     * hands.
     */
    static Optional<Distribution> running() {
        return Optional.ofNullable(System.getProperty("lockstep.home"))
                .map(Path::of)
                .map(Distribution::new);
    }

    /** Lockstep's jars, for executors that have Spark and nothing else; the one with the main class first. */
    List<Path> jars() {
        try (Stream<Path> files = Files.list(home.resolve("lib"))) {
            return files.sorted(Comparator.comparing((Path jar) ->
                                    !MAIN.matcher(jar.getFileName().toString()).matches())
                            .thenComparing(Comparator.naturalOrder()))
                    .toList();
        } catch (IOException e) {
            throw new IllegalStateException("The distribution is incomplete: home=" + home, e);
        }
    }

    /** The same jars as a class path, for executors on this machine. */
    String classPath() {
        return home.resolve("lib") + "/*";
    }
}

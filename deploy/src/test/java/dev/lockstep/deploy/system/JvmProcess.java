package dev.lockstep.deploy.system;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A process that a test started. What it prints and what it leaves goes to a folder; closing it ends what it has
 * started too.
 */
final class JvmProcess implements AutoCloseable {
    /** An option of JVMs that are over before the second compiler pays for itself, as the tests' own. */
    static final String QUICK = "-XX:TieredStopAtLevel=1";

    private static final String OPTIONS = "LOCKSTEP_JAVA_OPTS";
    private static final long POLL_MS = 20;
    private static final Duration DEATH = Duration.ofSeconds(10);

    private final String name;
    private final Process process;
    private final Path out;
    private final Path err;

    private JvmProcess(String name, Process process, Path out, Path err) {
        this.name = name;
        this.process = process;
        this.out = out;
        this.err = err;
    }

    static JvmProcess start(String name, Path folder, Map<String, String> environment, List<String> command) {
        try {
            Files.createDirectories(folder);
            Path out = folder.resolve(name + ".out");
            Path err = folder.resolve(name + ".err");
            ProcessBuilder builder = new ProcessBuilder(command)
                    .directory(folder.toFile())
                    .redirectOutput(out.toFile())
                    .redirectError(err.toFile());
            String temporary = Files.createDirectories(folder.resolve("tmp")).toString();
            builder.environment().putAll(environment);
            builder.environment().put("SPARK_LOCAL_DIRS", temporary);
            // Of the launcher's JVM, and of the executors that it has; a JVM tells its stderr of such variables.
            builder.environment()
                    .put(
                            OPTIONS,
                            String.join(
                                    " ",
                                    QUICK,
                                    "-Djava.io.tmpdir=" + temporary,
                                    "-Dspark.executorEnv.JAVA_TOOL_OPTIONS=" + QUICK,
                                    "-Dspark.executorEnv._JAVA_OPTIONS=-Djava.io.tmpdir=" + temporary,
                                    environment.getOrDefault(OPTIONS, "")));
            return new JvmProcess(name, builder.start(), out, err);
        } catch (IOException e) {
            throw new UncheckedIOException("Process did not start: command=" + command, e);
        }
    }

    /** The JVM that runs the test, as the start of a command. */
    static List<String> java(String... options) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of(options));
        return command;
    }

    /** The first group of the first match in stdout or stderr, waited for. */
    String await(Pattern pattern, Duration patience) {
        until(() -> pattern.matcher(output() + errors()).find(), pattern.pattern(), patience);
        Matcher match = pattern.matcher(output() + errors());
        assertTrue(match.find());
        return match.group(1);
    }

    /** Waits for what the process brings about. */
    void until(BooleanSupplier condition, String what, Duration patience) {
        long startNs = System.nanoTime();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - startNs > patience.toNanos() || !process.isAlive()) {
                throw new AssertionError("Process did not do what was waited for: process=" + name + ", what=" + what
                        + ", alive=" + process.isAlive() + ", waited=" + patience + "\n" + output() + errors());
            }
            pause();
        }
    }

    int exitCode(Duration patience) throws InterruptedException {
        if (!process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS)) {
            throw new AssertionError(
                    "Process did not end: process=" + name + ", waited=" + patience + "\n" + output() + errors());
        }
        return process.exitValue();
    }

    /** Asks the process to end, as {@code kill} does. */
    void terminate() {
        process.destroy();
    }

    /** What it has started, and what those have. */
    Stream<ProcessHandle> descendants() {
        return process.descendants();
    }

    long pid() {
        return process.pid();
    }

    String output() {
        return read(out);
    }

    String errors() {
        return read(err);
    }

    /** Ends it and all that it has started at once, as a power cut does, and waits until none of them writes more. */
    void kill() {
        List<ProcessHandle> all = Stream.concat(Stream.of(process.toHandle()), process.descendants())
                .toList();
        all.forEach(ProcessHandle::destroyForcibly);
        long startNs = System.nanoTime();
        while (all.stream().anyMatch(JvmProcess::runs) && System.nanoTime() - startNs < DEATH.toNanos()) {
            pause();
        }
    }

    /** One whose parent is gone stays in the table of processes, without a command, until somebody takes it out. */
    private static boolean runs(ProcessHandle handle) {
        return handle.isAlive() && handle.info().command().isPresent();
    }

    @Override
    public void close() {
        kill();
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void pause() {
        try {
            Thread.sleep(POLL_MS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}

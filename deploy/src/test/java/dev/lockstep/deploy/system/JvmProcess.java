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

/** A process that a test started. Its stdout and stderr go to files; closing it ends what it has started too. */
final class JvmProcess implements AutoCloseable {
    private static final long POLL_MS = 20;

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
            // Over before the second compiler pays for itself, as the tests' own JVM.
            builder.environment().put("LOCKSTEP_JAVA_OPTS", "-XX:TieredStopAtLevel=1");
            builder.environment().putAll(environment);
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

    /** Ends it and all that it has started at once, as a power cut does. */
    void kill() {
        List<ProcessHandle> started = process.descendants().toList();
        process.destroyForcibly();
        started.forEach(ProcessHandle::destroyForcibly);
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

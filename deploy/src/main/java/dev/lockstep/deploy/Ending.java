package dev.lockstep.deploy;

import dev.lockstep.driver.ExitCode;
import java.io.PrintWriter;
import java.lang.reflect.Constructor;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import org.apache.spark.SparkUserAppException;

/**
 * How this process ends: with a command's exit code, whatever happens to its threads. Spark ends a process by itself
 * for what it takes for fatal, such as memory that ran out in a task, and tells its log alone.
 */
final class Ending {
    /** For Spark's hooks, and for those that remove what this process keeps in shared memory. */
    private static final Duration HOOKS = Duration.ofSeconds(5);

    private final Failures failures;
    private final PrintWriter err;
    private volatile boolean expected;

    Ending(Failures failures, PrintWriter err) {
        this.failures = failures;
        this.err = err;
    }

    /** What ends the process from now on, other than {@link #with}, is reported in a line. */
    void install() {
        Thread.setDefaultUncaughtExceptionHandler((thread, problem) -> uncaught(problem));
        Runtime.getRuntime().addShutdownHook(new Thread(this::report, "lockstep-ending"));
    }

    /** Ends the process. Its shutdown hooks run, but none is waited for that hangs. */
    void with(ExitCode code) {
        with(code.code());
    }

    void with(int code) {
        this.expected = true;
        failures.silence();
        after(HOOKS, () -> Runtime.getRuntime().halt(code));
        System.exit(code);
    }

    /**
     * Leaves the end to Spark's program for a driver in a container of YARN, which takes {@code System.exit} for a
     * failure, whatever the code is.
     */
    void leave(int code) throws SparkUserAppException {
        this.expected = true;
        if (code != ExitCode.DONE.code()) {
            throw failed(code);
        }
    }

    /** By reflection: from Spark 4 on its constructor takes a cause as well. */
    private static SparkUserAppException failed(int code) {
        Constructor<?> constructor = SparkUserAppException.class.getConstructors()[0];
        try {
            return (SparkUserAppException)
                    constructor.newInstance(Arrays.copyOf(new Object[] {code}, constructor.getParameterCount()));
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("Spark is not told how the run ended: code=" + code, e);
        }
    }

    /** Does something on a thread of its own, unless the process has ended before. */
    static void after(Duration time, Runnable action) {
        Thread thread = new Thread(
                () -> {
                    pause(time);
                    action.run();
                },
                "lockstep-after-" + time.toSeconds() + "s");
        thread.setDaemon(true);
        thread.start();
    }

    /**
     * A thread that ends with an exception is its pool's business; one that ends with an error leaves others waiting
     * for it.
     */
    private void uncaught(Throwable problem) {
        if (problem instanceof VirtualMachineError) {
            with(failures.end(problem, err));
        }
    }

    private void report() {
        if (!expected) {
            err.println(
                    "lockstep: Spark has ended this process for a failure that it takes for fatal, such as memory that ran"
                            + " out: log=" + System.getProperty("lockstep.log.dir", "Spark's") + ". More memory:"
                            + " LOCKSTEP_JAVA_OPTS=-Xmx8g.");
            pause(Duration.ofSeconds(1));
            Runtime.getRuntime().halt(ExitCode.TRAINING_FAILED.code());
        }
    }

    private static void pause(Duration time) {
        try {
            TimeUnit.NANOSECONDS.sleep(time.toNanos());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}

package dev.lockstep.deploy;

import dev.lockstep.driver.ExitCode;
import java.io.PrintWriter;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;

/**
 * Ctrl-C, SIGTERM and a terminal that is closed. The first asks a run to end, so that it can write a checkpoint; if it
 * has not ended within a time, or at a second signal, the process ends without it. Where no step is in progress, which
 * a checkpoint could save, the first one ends the process.
 *
 * <p>A shutdown hook would not do: Spark's own stops the session at the same time.
 */
final class Interruption {
    private static final List<String> SIGNALS = List.of("INT", "TERM", "HUP");
    /**
     * More than a step and a checkpoint take, but for the largest networks; then the last checkpoint that was written
     * counts.
     */
    private static final Duration PATIENCE = Duration.ofSeconds(40);

    private static final Interruption OF_PROCESS = new Interruption();

    private final AtomicReference<BooleanSupplier> stop = new AtomicReference<>();
    private final AtomicInteger signals = new AtomicInteger();
    private final AtomicBoolean ended = new AtomicBoolean();
    private volatile Ending ending;
    private volatile PrintWriter err;

    private Interruption() {}

    /** Signals are handled from now on until the process ends. */
    static void install(Ending ending, PrintWriter err) {
        OF_PROCESS.ending = ending;
        OF_PROCESS.err = err;
        SIGNALS.forEach(OF_PROCESS::register);
    }

    /**
     * From now on the first signal goes to a run, on a thread of its own.
     *
     * @param stop asks the run to end, and tells whether it has anything to finish first
     */
    static void goesTo(BooleanSupplier stop) {
        OF_PROCESS.stop.set(stop);
    }

    private void signalled() {
        BooleanSupplier run = stop.get();
        if (signals.incrementAndGet() > 1 || run == null || !run.getAsBoolean()) {
            end("Interrupted");
            return;
        }

        err.println("lockstep: Stopping after the step in progress, with a checkpoint, within " + PATIENCE.toSeconds()
                + " s. A second signal ends at once.");
        Ending.after(
                PATIENCE,
                () -> end("The run did not stop: waited=" + PATIENCE.toSeconds()
                        + " s. It can go on from its last checkpoint, with --resume."));
    }

    private void end(String why) {
        if (ended.compareAndSet(false, true)) {
            err.println("lockstep: " + why);
            ending.with(ExitCode.INTERRUPTED);
        }
    }

    /** By reflection, since the compiler warns of every class in sun.misc, and here a warning is an error. */
    private void register(String name) {
        try {
            Class<?> signal = Class.forName("sun.misc.Signal");
            Class<?> handler = Class.forName("sun.misc.SignalHandler");
            InvocationHandler calls = (proxy, method, arguments) -> {
                if (method.getName().equals("handle")) {
                    signalled();
                }
                return null;
            };
            Object ours = Proxy.newProxyInstance(Interruption.class.getClassLoader(), new Class<?>[] {handler}, calls);
            Method handle = signal.getMethod("handle", signal, handler);
            Object ofName = signal.getConstructor(String.class).newInstance(name);
            Object previous = handle.invoke(null, ofName, ours);
            // As nohup wants it, and a shell for what it starts in the background.
            if (handler.getField("SIG_IGN").get(null).equals(previous)) {
                Object ignored = handle.invoke(null, ofName, previous);
                assert ignored == ours;
            }
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("Signal cannot be handled: signal=" + name, e);
        }
    }
}

package dev.lockstep.deploy;

import dev.lockstep.driver.ExitCode;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Ctrl-C and SIGTERM. The first asks the run to end, so that it can write a checkpoint; the second ends the process.
 *
 * <p>A shutdown hook would not do: Spark's own stops the session at the same time.
 */
final class Interruption {
    private static final List<String> SIGNALS = List.of("INT", "TERM");

    private final AtomicBoolean asked = new AtomicBoolean();
    private final Runnable stop;

    private Interruption(Runnable stop) {
        this.stop = stop;
    }

    /** From now on until the process ends, signals go to {@code stop}, on a thread of their own. */
    static void goesTo(Runnable stop) {
        Interruption interruption = new Interruption(stop);
        SIGNALS.forEach(interruption::register);
    }

    private void signalled() {
        if (asked.compareAndSet(false, true)) {
            stop.run();
        } else {
            Runtime.getRuntime().halt(ExitCode.INTERRUPTED.code());
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
            Object previous = signal.getMethod("handle", signal, handler)
                    .invoke(null, signal.getConstructor(String.class).newInstance(name), ours);
            assert previous != null;
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("Signal cannot be handled: signal=" + name, e);
        }
    }
}

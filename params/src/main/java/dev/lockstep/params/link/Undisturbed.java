package dev.lockstep.params.link;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.Supplier;

/**
 * Makes calls that no interrupt reaches: an interrupted call ends Aeron's client, and with it every link of the
 * process. Spark interrupts the tasks that it kills, and these share the process's transport with others. The caller
 * stays interrupted.
 */
public final class Undisturbed {
    private Undisturbed() {}

    public static <T> T call(Supplier<T> call) {
        FutureTask<T> task = new FutureTask<>(call::get);
        Thread thread = new Thread(task, "lockstep-link-call");
        thread.setDaemon(true);
        thread.start();
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    return task.get();
                } catch (InterruptedException e) {
                    interrupted = true;
                } catch (ExecutionException e) {
                    throw unchecked(e.getCause());
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private static RuntimeException unchecked(Throwable cause) {
        if (cause instanceof Error error) {
            throw error;
        }

        return (RuntimeException) cause;
    }
}

package dev.lockstep.driver.task;

import dev.lockstep.params.AbortException;
import dev.lockstep.params.client.WorkerClient;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.apache.spark.TaskKilledException;

/** What goes wrong in a worker's steps is told to everybody, because the first cause that is heard wins. */
final class FirstCause {
    private FirstCause() {}

    /** @param underWay the step of which anything is said */
    static <R> R told(WorkerClient client, int worker, LongSupplier underWay, Supplier<R> steps) {
        try {
            return steps.get();
        } catch (RuntimeException | Error e) {
            if (e instanceof TaskKilledException || Thread.currentThread().isInterrupted()) {
                // Whoever asked Spark for it knows why.
                throw e;
            }

            AbortException failure = WorkerFailures.of(e, worker, underWay.getAsLong());
            client.abort(failure.kind(), failure.getMessage());
            throw failure;
        }
    }
}

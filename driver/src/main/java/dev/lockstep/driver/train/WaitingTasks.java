package dev.lockstep.driver.train;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.JavaFutureAction;
import org.apache.spark.api.java.JavaSparkContext;

/** Tasks that do nothing until they are ended: where Spark allocates executors by need, they are the need. */
final class WaitingTasks {
    private static final long POLL_NS = Duration.ofMillis(20).toNanos();

    private final JavaFutureAction<Void> job;

    private WaitingTasks(JavaFutureAction<Void> job) {
        this.job = job;
    }

    static WaitingTasks start(JavaSparkContext spark, int count) {
        return new WaitingTasks(
                spark.parallelize(IntStream.range(0, count).boxed().toList(), count)
                        .foreachAsync(place -> await(TaskContext.get())));
    }

    private static void await(TaskContext context) {
        while (!context.isInterrupted()) {
            LockSupport.parkNanos(POLL_NS);
        }
    }

    /** Returns at once; the tasks end within milliseconds. */
    void end() {
        boolean unused = job.cancel(/* mayInterruptIfRunning */ true);
    }
}

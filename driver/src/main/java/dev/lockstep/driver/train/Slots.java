package dev.lockstep.driver.train;

import dev.lockstep.driver.ClusterException;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.status.api.v1.ExecutorSummary;
import scala.collection.Iterator;

/** How many tasks Spark can run at the same time, which all workers of a step must. */
final class Slots {
    private static final long POLL_NS = Duration.ofMillis(100).toNanos();

    private Slots() {}

    /** Waits until there are enough, because executors register one by one. */
    static void require(JavaSparkContext spark, int workers, Duration patience) {
        long deadline = System.nanoTime() + patience.toNanos();
        int slots = count(spark);
        while (slots < workers && System.nanoTime() < deadline && !fixed(spark)) {
            LockSupport.parkNanos(POLL_NS);
            slots = count(spark);
        }

        if (slots < workers) {
            throw new ClusterException("Too few slots for all workers to run at once: train.workers=" + workers
                    + ", slots=" + slots + ", master=" + spark.master()
                    + ". Give Spark more cores or executors, or lower train.workers.");
        }
    }

    /** A local master has all the slots that it will ever have. */
    private static boolean fixed(JavaSparkContext spark) {
        return spark.isLocal() && count(spark) > 0;
    }

    private static int count(JavaSparkContext spark) {
        int slots = 0;
        Iterator<ExecutorSummary> executors =
                spark.sc().statusStore().executorList(/* activeOnly */ true).iterator();
        while (executors.hasNext()) {
            slots += executors.next().maxTasks();
        }

        return slots;
    }
}

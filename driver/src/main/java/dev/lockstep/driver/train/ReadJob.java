package dev.lockstep.driver.train;

import dev.lockstep.driver.CancelledException;
import dev.lockstep.driver.LockstepException;
import java.util.function.Supplier;
import org.apache.spark.api.java.JavaSparkContext;

/** Jobs of Spark's that look at a run's data before its workers begin. */
public final class ReadJob {
    private ReadJob() {}

    /**
     * Runs them, and returns what they give.
     *
     * @param name of the run on Spark's pages
     * @throws LockstepException that says what was wrong with the data, and where
     */
    public static <T> T run(JavaSparkContext spark, String name, Supplier<T> data) {
        JobLabels labels = JobLabels.of(spark, name, "reading data");
        try {
            return data.get();
        } catch (Exception e) {
            // Spark's exceptions are checked, but its Scala methods do not declare them.
            LockstepException explained = DriverFailures.of(e);
            if (explained instanceof CancelledException cancelled) {
                DriverFailures.restoreInterrupt(cancelled);
            }
            throw explained;
        } finally {
            labels.close();
        }
    }
}

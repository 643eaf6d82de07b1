package dev.lockstep.driver;

import java.util.function.Supplier;
import org.apache.spark.SparkContext;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;

/**
 * The context of a session that runs in this process. A client of Spark Connect has plans and rows, and neither tasks
 * nor executors of its own, so that nothing can be trained from there.
 */
public final class OwnContext {
    private OwnContext() {}

    /** @throws ClusterException if the session is one of Spark Connect */
    public static JavaSparkContext of(SparkSession spark) {
        return of(spark::sparkContext, spark.getClass().getName());
    }

    static JavaSparkContext of(Supplier<SparkContext> context, String session) {
        try {
            return JavaSparkContext.fromSparkContext(context.get());
        } catch (UnsupportedOperationException e) {
            throw new ClusterException(
                    "Lockstep needs a session with a SparkContext, which a client of Spark Connect has not: session="
                            + session + ". Run the program as Spark's driver, by spark-submit or with a master.",
                    e);
        }
    }
}

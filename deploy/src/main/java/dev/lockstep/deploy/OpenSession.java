package dev.lockstep.deploy;

import org.apache.spark.sql.SparkSession;

/**
 * A command's Spark session, which ends with it. Of Spark's own {@code close} Spark 4 says that it may throw what that
 * of Spark 3.5 does not.
 */
record OpenSession(SparkSession spark) implements AutoCloseable {
    @Override
    public void close() {
        spark.stop();
    }
}

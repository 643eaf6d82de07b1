package dev.lockstep.driver.data;

import org.apache.spark.sql.SparkSession;

/** The session that all tests of this JVM share: slots for eight workers, Kryo, no pages. */
public final class LocalSpark {
    private static SparkSession session;

    private LocalSpark() {}

    public static synchronized SparkSession session() {
        if (session == null) {
            session = SparkSession.builder()
                    .master("local[8]")
                    .appName("driver tests")
                    .config("spark.ui.enabled", false)
                    .config("spark.driver.host", "localhost")
                    .config("spark.sql.shuffle.partitions", 4)
                    .config("spark.serializer", "org.apache.spark.serializer.KryoSerializer")
                    .getOrCreate();
        }
        return session;
    }
}

package dev.lockstep.driver.failure;

/** How Spark is given a setting: spark-submit has an option for it, Lockstep's own command takes the JVM's. */
final class SparkSetting {
    private SparkSetting() {}

    /** @param setting as {@code spark.executor.memory=8g} */
    static String given(String setting) {
        return "--conf " + setting + " (lockstep itself: LOCKSTEP_JAVA_OPTS=-D" + setting + ")";
    }
}

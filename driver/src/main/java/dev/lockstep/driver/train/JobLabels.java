package dev.lockstep.driver.train;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.api.java.JavaSparkContext;

/**
 * What Spark's pages call the jobs that this thread starts. The caller's own words, and the group by which he may
 * cancel, are as before when it is closed.
 */
final class JobLabels {
    /** By which a run's listeners know its jobs. */
    static final String RUN = "lockstep.run";

    private static final String DESCRIPTION = "spark.job.description";
    /** The name of the stages. */
    private static final String STAGE = "callSite.short";

    private static final String INTERRUPTS = "spark.job.interruptOnCancel";

    private final JavaSparkContext spark;
    private final Map<String, String> before = new LinkedHashMap<>();

    private JobLabels(JavaSparkContext spark) {
        this.spark = spark;
        for (String key : List.of(RUN, DESCRIPTION, STAGE, INTERRUPTS)) {
            before.put(key, spark.getLocalProperty(key));
        }
    }

    /** @param job the name of the whole run */
    static JobLabels of(JavaSparkContext spark, String job, String part) {
        JobLabels labels = new JobLabels(spark);
        String text = "Lockstep " + job + ": " + part;
        String page = spark.getLocalProperty(Trainer.PAGE);
        spark.setLocalProperty(DESCRIPTION, page == null ? text : text + ", watched at " + page);
        spark.setLocalProperty(STAGE, text);
        return labels;
    }

    /** Of tasks that are ended by an interrupt where their job is cancelled. */
    JobLabels workers(String run) {
        spark.setLocalProperty(RUN, run);
        spark.setLocalProperty(INTERRUPTS, "true");
        return this;
    }

    void close() {
        before.forEach(spark::setLocalProperty);
    }
}

package dev.lockstep.deploy.doctor;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.SparkEnv;

/** One executor's findings. A task's result, so no record: Spark's Kryo cannot write one. */
final class Report implements Serializable {
    private static final long serialVersionUID = 1;

    private final String executor;
    private final ArrayList<Finding> findings;

    private Report(String executor, List<Finding> findings) {
        this.executor = executor;
        this.findings = new ArrayList<>(findings);
    }

    /** Examines the machine and JVM of the task that calls this. */
    static Report ofThisExecutor() {
        SparkEnv env = SparkEnv.get();
        String host = env.blockManager().blockManagerId().host();
        return new Report("executor " + env.executorId() + " on " + host, Examination.run());
    }

    String executor() {
        return executor;
    }

    List<Finding> findings() {
        return findings;
    }
}

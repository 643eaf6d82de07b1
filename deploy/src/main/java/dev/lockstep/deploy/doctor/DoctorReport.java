package dev.lockstep.deploy.doctor;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.SparkEnv;

/** One executor's findings. A task's result, so no record: Spark's Kryo cannot write one. */
final class DoctorReport implements Serializable {
    private static final long serialVersionUID = 1;

    private final String executor;
    private final ArrayList<Finding> findings;

    private DoctorReport(String executor, List<Finding> findings) {
        this.executor = executor;
        this.findings = new ArrayList<>(findings);
    }

    /** Examines the machine and JVM of the task that calls this. */
    static DoctorReport ofThisExecutor() {
        SparkEnv env = SparkEnv.get();
        String host = env.blockManager().blockManagerId().host();
        return new DoctorReport("executor " + env.executorId() + " on " + host, Examination.run());
    }

    String executor() {
        return executor;
    }

    List<Finding> findings() {
        return findings;
    }
}

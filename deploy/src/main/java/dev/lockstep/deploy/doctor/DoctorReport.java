package dev.lockstep.deploy.doctor;

import dev.lockstep.driver.train.TransportConf;
import dev.lockstep.params.link.NetworkSettings;
import java.io.IOException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.SparkEnv;

/** One executor's findings. A task's result, so no record: Spark's Kryo cannot write one. */
final class DoctorReport implements Serializable {
    private static final long serialVersionUID = 1;

    private final String executor;
    private final ArrayList<Finding> findings;
    private final Station station;

    private DoctorReport(String executor, List<Finding> findings, Station station) {
        this.executor = executor;
        this.findings = new ArrayList<>(findings);
        this.station = station;
    }

    /** Examines the machine and JVM of the task that calls this; from then on it answers others. */
    static DoctorReport ofThisExecutor(SharedMemoryNeed need) throws IOException {
        return new DoctorReport(name(), Examination.run(need), listening());
    }

    /** Examines the ways from the process of the task that calls this. */
    static DoctorReport ofPaths(List<Station> all) throws IOException {
        return new DoctorReport(name(), Paths.examine(listening(), all), listening());
    }

    private static Station listening() throws IOException {
        SparkEnv env = SparkEnv.get();
        String host = env.blockManager().blockManagerId().host();
        NetworkSettings network =
                TransportConf.of(env.conf(), host, /* peers */ 1).network();
        return PathListener.ofThisProcess(network).station("executor " + env.executorId());
    }

    private static String name() {
        SparkEnv env = SparkEnv.get();
        return "executor " + env.executorId() + " on "
                + env.blockManager().blockManagerId().host();
    }

    String executor() {
        return executor;
    }

    List<Finding> findings() {
        return findings;
    }

    /** Where the executor answers. */
    Station station() {
        return station;
    }
}

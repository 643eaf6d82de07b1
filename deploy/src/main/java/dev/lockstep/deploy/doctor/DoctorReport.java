package dev.lockstep.deploy.doctor;

import dev.lockstep.driver.train.TransportConf;
import dev.lockstep.params.link.NetworkSettings;
import dev.lockstep.worker.Engine;
import java.io.IOException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.apache.spark.SparkEnv;

/** One executor's findings. A task's result, so no record: Spark's Kryo cannot write one. */
final class DoctorReport implements Serializable {
    private static final long serialVersionUID = 2;

    private final String id;
    private final String executor;
    private final ArrayList<Finding> findings;
    private final Station station;
    private final TreeMap<String, String> traits;
    private final int cores;

    private DoctorReport(List<Finding> findings, Station station, TreeMap<String, String> traits) {
        SparkEnv env = SparkEnv.get();
        this.id = env.executorId();
        this.executor =
                "executor " + id + " on " + env.blockManager().blockManagerId().host();
        this.findings = new ArrayList<>(findings);
        this.station = station;
        this.traits = traits;
        this.cores = Runtime.getRuntime().availableProcessors();
    }

    /** Examines the machine and JVM of the task that calls this; from then on it answers others. */
    static DoctorReport ofThisExecutor(Needs needs) throws IOException {
        List<Finding> findings = Examination.run(needs, SparkEnv.get().conf());
        return new DoctorReport(findings, listening(), traits());
    }

    /** Examines the ways from the process of the task that calls this. */
    static DoctorReport ofPaths(List<Station> all) throws IOException {
        Station here = listening();
        NetworkSettings network = network();
        List<Way> ways = Paths.measure(here, all, network);
        return new DoctorReport(Paths.findings(here, ways, network.protocol()), here, new TreeMap<>());
    }

    private static Station listening() throws IOException {
        String process = "executor " + SparkEnv.get().executorId();
        return PathListener.ofThisProcess(network()).station(process);
    }

    private static NetworkSettings network() {
        SparkEnv env = SparkEnv.get();
        String host = env.blockManager().blockManagerId().host();
        return TransportConf.of(env.conf(), host, /* peers */ 1).network();
    }

    /** What should be the same on all machines. */
    private static TreeMap<String, String> traits() {
        TreeMap<String, String> traits = new TreeMap<>();
        traits.put(Differences.JAVA, Runtime.version().toString());
        String version = DoctorReport.class.getPackage().getImplementationVersion();
        traits.put(Differences.LOCKSTEP, version == null ? "" : version);
        try {
            traits.put(Differences.PROCESSOR, Engine.load().instructions());
        } catch (IllegalStateException | LinkageError e) {
            // The probe of the library tells.
        }
        return traits;
    }

    /** As Spark calls the executor. */
    String id() {
        return id;
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

    TreeMap<String, String> ownTraits() {
        return traits;
    }

    int cores() {
        return cores;
    }
}

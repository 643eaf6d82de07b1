package dev.lockstep.deploy.doctor;

import dev.lockstep.deploy.doctor.SlotProbes.HostLoad;
import dev.lockstep.driver.ClusterException;
import dev.lockstep.driver.train.Slots;
import dev.lockstep.driver.train.TransportConf;
import dev.lockstep.params.ParamException;
import dev.lockstep.params.link.NetworkSettings;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.api.java.JavaSparkContext;

/** Examines every executor of a cluster, and the ways between them and from the driver, by tasks. */
public final class ClusterExamination {
    /** A task keeps its slot this long, so that Spark gives the next one to another executor. */
    private static final long TASK_MS = 500;

    private ClusterExamination() {}

    /**
     * Findings by executor, and under {@code cluster} those of the driver's own ways and of all executors together.
     * Executors that got no task are missing from it.
     *
     * @param patience how long the cluster may take for one round, its start included
     */
    public static Map<String, List<Finding>> run(JavaSparkContext spark, Needs needs, Duration patience) {
        String host = spark.getConf().get("spark.driver.host", "127.0.0.1");
        NetworkSettings network = TransportConf.ofDriver(
                        spark.getConf(), TransportConf.of(spark.getConf(), host, /* peers */ 1))
                .network();
        Rounds rounds = new Rounds(spark, patience);
        rounds.awaitExecutors();
        try (PathListener here = PathListener.open(network)) {
            Station driver = here.station("driver");
            Map<String, DoctorReport> machines = rounds.run(place -> report(needs));
            List<Station> stations = new ArrayList<>(List.of(driver));
            machines.values().forEach(report -> stations.add(report.station()));
            Map<String, DoctorReport> paths = rounds.run(place -> DoctorReport.ofPaths(stations));

            Map<String, List<Finding>> findings = new LinkedHashMap<>();
            machines.forEach((executor, report) -> findings.put(executor, new ArrayList<>(report.findings())));
            paths.forEach((executor, report) -> findings.computeIfAbsent(executor, none -> new ArrayList<>())
                    .addAll(report.findings()));
            List<Finding> cluster = new ArrayList<>(together(spark, machines, needs));
            List<Way> ways = Paths.measure(driver, stations, network);
            cluster.addAll(Paths.findings(driver, ways, network.protocol()));
            cluster.add(ClockProbe.examine(
                    ways.stream().filter(way -> way.tcp().isOpen()).toList()));
            findings.put("cluster", cluster);
            return findings;
        } catch (ParamException e) {
            throw new ClusterException("The driver has no address for others: " + e.getMessage(), e);
        } catch (IOException e) {
            throw new ClusterException(
                    "The driver cannot be reached at its own address: spark.driver.host=" + host + ", reason="
                            + e.getMessage() + ". Set it to an address of this machine that the executors reach.",
                    e);
        }
    }

    private static List<Finding> together(JavaSparkContext spark, Map<String, DoctorReport> machines, Needs needs) {
        Map<String, Integer> tasks = Slots.byExecutor(spark);
        int slots = tasks.values().stream().mapToInt(Integer::intValue).sum();
        String of = "executors=" + tasks.size() + ", spark.task.cpus="
                + spark.getConf().getInt("spark.task.cpus", 1);
        List<Finding> findings = new ArrayList<>(List.of(SlotProbes.enough(slots, of, needs)));

        Map<String, HostLoad> hosts = new TreeMap<>();
        Map<String, Map<String, String>> traits = new TreeMap<>();
        for (DoctorReport machine : machines.values()) {
            HostLoad load = new HostLoad(tasks.getOrDefault(machine.id(), 0), machine.cores());
            hosts.merge(machine.station().address(), load, HostLoad::and);
            traits.put("executor " + machine.id(), machine.ownTraits());
        }
        findings.add(SlotProbes.onCores(hosts, needs));
        findings.addAll(Differences.examine(traits));
        return findings;
    }

    private static DoctorReport report(Needs needs) throws InterruptedException, IOException {
        DoctorReport report = DoctorReport.ofThisExecutor(needs);
        Thread.sleep(TASK_MS);
        return report;
    }
}

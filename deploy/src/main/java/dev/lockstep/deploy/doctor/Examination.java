package dev.lockstep.deploy.doctor;

import dev.lockstep.deploy.doctor.Finding.Verdict;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.SparkConf;

/** All probes of one machine, in the order in which they are reported, and those of what Spark is told. */
public final class Examination {
    private static final Set<String> BETWEEN_MACHINES = Set.of("mtu", "socket buffers");

    private Examination() {}

    /** Examines the machine and JVM this is called on. A probe that fails to look is a finding too. */
    public static List<Finding> run(Needs needs, SparkConf conf) {
        List<Finding> findings = new ArrayList<>();
        probes(needs, conf).forEach((subject, probe) -> findings.add(examine(subject, probe)));
        return findings;
    }

    /** Of a machine that trains alone: what is short between machines is told, and nobody is warned of it. */
    public static List<Finding> alone(Needs needs, SparkConf conf) {
        return run(needs, conf).stream().map(Examination::alone).toList();
    }

    static Finding alone(Finding finding) {
        boolean concerns = finding.verdict() != Verdict.WARN || !BETWEEN_MACHINES.contains(finding.subject());
        return concerns
                ? finding
                : Finding.ok(finding.subject(), finding.found() + "; on one machine it does not matter");
    }

    private static Map<String, Probe> probes(Needs needs, SparkConf conf) {
        Map<String, Probe> probes = new LinkedHashMap<>();
        probes.put("java", JvmProbes::version);
        probes.put("java options", JvmProbes::options);
        probes.put("encoding", JvmProbes::encoding);
        probes.put("user", JvmProbes::user);
        probes.put("add-opens", JvmProbes::addOpens);
        probes.put("heap", JvmProbes::heap);
        probes.put("class path", LibraryProbes::examine);
        probes.put("cores", JvmProbes::cores);
        probes.put("shared memory", () -> StorageProbes.sharedMemory(conf, needs.memory()));
        probes.put("temporary files", StorageProbes::temporary);
        probes.put("library cache", StorageProbes::libraries);
        probes.put("host name", NetworkProbes::hostName);
        probes.put("udp", NetworkProbes::loopback);
        probes.put("mtu", NetworkProbes::mtu);
        probes.put("socket buffers", NetworkProbes::buffers);
        probes.put("libtorch", EngineProbes::library);
        probes.put("processor", EngineProbes::processor);
        probes.put("gpu", () -> EngineProbes.gpu(needs));
        return probes;
    }

    /** What is asked once for a training and not on each machine: Spark's settings, and where checkpoints go. */
    public static List<Finding> ofDriver(Needs needs, SparkConf conf, Configuration hadoop) {
        List<Finding> findings = new ArrayList<>(SettingsProbes.examine(conf, needs));
        if (needs.checkpoints() != null) {
            findings.add(examine("checkpoints", () -> CheckpointProbe.examine(needs.checkpoints(), hadoop)));
        }
        return findings;
    }

    /**
     * What can be said at the start of a training without delaying it, of the driver alone: settings that hurt on a
     * cluster, and libraries that fail.
     */
    public static List<Finding> atStart(Needs needs, SparkConf conf) {
        boolean isCluster = !conf.get("spark.master", "local").matches("local(\\[.*)?");
        List<Finding> findings = new ArrayList<>(isCluster ? SettingsProbes.examine(conf, needs) : List.of());
        findings.removeIf(finding -> finding.verdict() == Verdict.OK);
        Finding libraries = examine("class path", LibraryProbes::examine);
        if (libraries.verdict() == Verdict.FAIL) {
            findings.add(libraries);
        }
        return findings;
    }

    /** Of a training in this process. */
    public static Finding slots(String master, Needs needs) {
        int cores = Runtime.getRuntime().availableProcessors();
        return SlotProbes.inProcess(master, Integer.getInteger("spark.task.cpus", 1), cores, needs);
    }

    private static Finding examine(String subject, Probe probe) {
        try {
            return probe.examine();
        } catch (Exception | LinkageError e) {
            return Finding.fail(subject, "could not be examined: " + e, "Report this line as a fault of Lockstep's");
        }
    }
}

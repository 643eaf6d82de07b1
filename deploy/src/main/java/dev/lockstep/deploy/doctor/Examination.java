package dev.lockstep.deploy.doctor;

import dev.lockstep.driver.job.Job;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** All probes of one machine, in the order in which they are reported. */
public final class Examination {
    private Examination() {}

    /** Examines the machine and JVM this is called on. A probe that fails to look is a finding too. */
    public static List<Finding> run() {
        return run(SharedMemoryNeed.USUAL);
    }

    /** As {@link #run()}, for a job that is to be trained. */
    public static List<Finding> run(Job job) {
        return run(SharedMemoryNeed.of(job));
    }

    static List<Finding> run(SharedMemoryNeed need) {
        List<Finding> findings = new ArrayList<>();
        probes(need).forEach((subject, probe) -> findings.add(examine(subject, probe)));
        return findings;
    }

    private static Map<String, Probe> probes(SharedMemoryNeed need) {
        Map<String, Probe> probes = new LinkedHashMap<>();
        probes.put("java", JvmProbes::version);
        probes.put("encoding", JvmProbes::encoding);
        probes.put("user", JvmProbes::user);
        probes.put("add-opens", JvmProbes::addOpens);
        probes.put("heap", JvmProbes::heap);
        probes.put("class path", JvmProbes::classPath);
        probes.put("cores", JvmProbes::cores);
        probes.put("shared memory", () -> StorageProbes.sharedMemory(need));
        probes.put("temporary files", StorageProbes::temporary);
        probes.put("library cache", StorageProbes::libraries);
        probes.put("host name", NetworkProbes::hostName);
        probes.put("udp", NetworkProbes::loopback);
        probes.put("mtu", NetworkProbes::mtu);
        probes.put("socket buffers", NetworkProbes::buffers);
        probes.put("libtorch", EngineProbes::library);
        probes.put("gpu", EngineProbes::gpu);
        return probes;
    }

    private static Finding examine(String subject, Probe probe) {
        try {
            return probe.examine();
        } catch (Exception | LinkageError e) {
            return Finding.fail(subject, "could not be examined: " + e, "Report this line as a fault of Lockstep's");
        }
    }
}

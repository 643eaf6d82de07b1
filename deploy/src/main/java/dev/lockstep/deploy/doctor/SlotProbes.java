package dev.lockstep.deploy.doctor;

import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Whether all workers of a training can run at the same time, and each on cores of its own. */
final class SlotProbes {
    private static final Pattern LOCAL = Pattern.compile("local(?:\\[\\s*(\\d+|\\*)\\s*(?:,.*)?])?");

    private SlotProbes() {}

    /**
     * Of a master within this process.
     *
     * @param master null for one that has as many slots as are wanted
     */
    static Finding inProcess(String master, int taskCpus, int cores, Needs needs) {
        Matcher local = LOCAL.matcher(master == null ? "" : master);
        if (local.matches()) {
            String given = local.group(1) == null ? "1" : local.group(1);
            int threads = given.equals("*") ? cores : Integer.parseInt(given);
            Finding enough = enough(threads / taskCpus, "master=" + master + ", spark.task.cpus=" + taskCpus, needs);
            if (enough.verdict() != Finding.Verdict.OK) {
                return enough;
            }
        }
        return onCores(Map.of("this machine", new HostLoad(needs.workers(), cores)), needs);
    }

    /** @param slots of all executors that are there */
    static Finding enough(int slots, String of, Needs needs) {
        String found = "slots=" + slots + ", " + of;
        if (needs.workers() == 0) {
            return Finding.ok("slots", found);
        }
        return slots >= needs.workers()
                ? Finding.ok("slots", found + ", train.workers=" + needs.workers())
                : Finding.fail(
                        "slots",
                        found + " are less than train.workers=" + needs.workers() + ", which must run at once",
                        "Give Spark more executors or cores, or --set train.workers=" + Math.max(1, slots));
    }

    /**
     * What may run on a machine at once.
     *
     * @param workers at most
     * @param cores that it has
     */
    record HostLoad(int workers, int cores) {
        HostLoad and(HostLoad other) {
            return new HostLoad(workers + other.workers, Math.max(cores, other.cores));
        }
    }

    static Finding onCores(Map<String, HostLoad> hosts, Needs needs) {
        Map<String, HostLoad> crowded = new TreeMap<>(hosts);
        crowded.values().removeIf(load -> workers(load, needs) * needs.threads() <= load.cores());
        if (crowded.isEmpty()) {
            return Finding.ok("workers on cores", "each has cores of its own");
        }
        StringBuilder found = new StringBuilder();
        crowded.forEach((host, load) -> found.append(found.isEmpty() ? "" : "; ")
                .append(host)
                .append(": workers=")
                .append(workers(load, needs))
                .append(", train.threads=")
                .append(needs.threads())
                .append(", cores=")
                .append(load.cores()));
        return Finding.warn(
                "workers on cores",
                found.toString(),
                "Workers that share cores are slower than fewer of them: lower train.workers or train.threads, or let"
                        + " Spark lend no more cores than there are");
    }

    private static int workers(HostLoad load, Needs needs) {
        return Math.min(load.workers(), needs.workers());
    }
}

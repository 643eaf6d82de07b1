package dev.lockstep.deploy.doctor;

import java.util.ArrayList;
import java.util.List;
import org.apache.spark.SparkConf;

/** Settings of Spark that a training suffers from. Cheap: nothing is started or asked. */
final class SettingsProbes {
    private static final String SUBJECT = "spark settings";
    private static final String DYNAMIC = "spark.dynamicAllocation.";

    private SettingsProbes() {}

    /** A finding for each that hurts, or one that says that none does. */
    static List<Finding> examine(SparkConf conf, Needs needs) {
        List<Finding> findings = new ArrayList<>();
        speculation(conf, findings);
        dynamicAllocation(conf, needs, findings);
        kryo(conf, findings);
        taskCpus(conf, needs, findings);
        return findings.isEmpty() ? List.of(Finding.ok(SUBJECT, "none hurts")) : findings;
    }

    private static void speculation(SparkConf conf, List<Finding> findings) {
        if (conf.getBoolean("spark.speculation", false)) {
            findings.add(Finding.warn(
                    SUBJECT,
                    "spark.speculation=true starts a copy of a slow worker, which takes a slot and helps nobody",
                    given("spark.speculation=false")));
        }
    }

    /** The executors' number may change between segments, but their data go with those that are let go. */
    private static void dynamicAllocation(SparkConf conf, Needs needs, List<Finding> findings) {
        if (!conf.getBoolean(DYNAMIC + "enabled", false)) {
            return;
        }
        int taskCpus = conf.getInt("spark.task.cpus", 1);
        int tasks = Math.max(1, conf.getInt("spark.executor.cores", 1) / taskCpus);
        int wanted = Math.max(1, (needs.workers() + tasks - 1) / tasks);
        int least = conf.getInt(DYNAMIC + "minExecutors", 0);
        int most = conf.getInt(DYNAMIC + "maxExecutors", Integer.MAX_VALUE);
        String found = "spark.dynamicAllocation.enabled=true, minExecutors=" + least;
        if (conf.contains("spark.executor.cores") && (long) most * tasks < needs.workers()) {
            findings.add(Finding.fail(
                    SUBJECT,
                    found + ", maxExecutors=" + most + ", spark.executor.cores="
                            + conf.get("spark.executor.cores") + ", spark.task.cpus=" + taskCpus
                            + " are less than train.workers=" + needs.workers(),
                    given(DYNAMIC + "maxExecutors=" + wanted)));
        } else if (least < wanted) {
            findings.add(Finding.warn(
                    SUBJECT,
                    found
                            + " lets executors go, and training data with them, where they have nothing to do for a while",
                    given(DYNAMIC + "minExecutors=" + wanted)));
        }
    }

    private static void kryo(SparkConf conf, List<Finding> findings) {
        boolean isUsed = conf.get("spark.serializer", "").endsWith("KryoSerializer");
        boolean knowsOurs = conf.get("spark.kryo.classesToRegister", "").contains("dev.lockstep.")
                || conf.contains("spark.kryo.registrator");
        if (isUsed && conf.getBoolean("spark.kryo.registrationRequired", false) && !knowsOurs) {
            findings.add(Finding.fail(
                    SUBJECT,
                    "spark.kryo.registrationRequired=true, and no class of Lockstep's is registered",
                    given("spark.kryo.registrationRequired=false")));
        }
    }

    private static void taskCpus(SparkConf conf, Needs needs, List<Finding> findings) {
        int cpus = conf.getInt("spark.task.cpus", 1);
        if (cpus < needs.threads()) {
            findings.add(Finding.warn(
                    SUBJECT,
                    "train.threads=" + needs.threads() + " of a worker compute, and spark.task.cpus=" + cpus
                            + " are kept free for it",
                    given("spark.task.cpus=" + needs.threads())));
        }
    }

    private static String given(String setting) {
        return "--conf " + setting;
    }
}

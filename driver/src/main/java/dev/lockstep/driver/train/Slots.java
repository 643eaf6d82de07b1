package dev.lockstep.driver.train;

import dev.lockstep.driver.ClusterException;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.status.api.v1.ExecutorSummary;
import scala.collection.Iterator;

/**
 * How many tasks Spark can run at the same time, which all workers of a step must.
 *
 * @param executors that are there
 * @param slots tasks of all executors together
 */
record Slots(int executors, int slots) {
    private static final long POLL_NS = Duration.ofMillis(100).toNanos();

    /**
     * Waits until there are enough, because executors register one by one: so long for the first, and again for each
     * next.
     */
    static void require(JavaSparkContext spark, int workers, Duration patience) {
        if (!isDynamic(spark)) {
            await(spark, workers, patience);
            return;
        }

        requireLimit(spark, workers);
        // Spark asks for executors when tasks wait, and as long as they do.
        WaitingTasks need = WaitingTasks.start(spark, workers);
        try {
            await(spark, workers, patience);
        } finally {
            need.end();
        }
    }

    private static void await(JavaSparkContext spark, int workers, Duration patience) {
        Slots there = count(spark);
        long sinceNs = System.nanoTime();
        // A local master has all the slots that it will ever have.
        while (there.slots < workers
                && System.nanoTime() - sinceNs < patience.toNanos()
                && !(spark.isLocal() && there.slots > 0)) {
            LockSupport.parkNanos(POLL_NS);
            requireRunning(spark);
            Slots now = count(spark);
            sinceNs = now.slots > there.slots ? System.nanoTime() : sinceNs;
            there = now;
        }

        if (there.slots < workers) {
            throw new ClusterException(
                    there.tooFew(workers, spark.getConf(), spark.master()) + advice(spark, there.executors));
        }
    }

    private static Slots count(JavaSparkContext spark) {
        int executors = 0;
        int slots = 0;
        Iterator<ExecutorSummary> all =
                spark.sc().statusStore().executorList(/* activeOnly */ true).iterator();
        while (all.hasNext()) {
            int tasks = all.next().maxTasks();
            // The driver is in the list too, and runs tasks only where the master is local.
            executors += tasks > 0 ? 1 : 0;
            slots += tasks;
        }

        return new Slots(executors, slots);
    }

    private String tooFew(int workers, SparkConf conf, String master) {
        return "Too few slots for all workers to run at once: train.workers=" + workers + ", slots=" + slots
                + ", executors=" + executors + ", spark.task.cpus=" + taskCpus(conf) + ", master=" + master + ". ";
    }

    private static String advice(JavaSparkContext spark, int executors) {
        if (spark.isLocal()) {
            return "A slot is spark.task.cpus cores. Name a master with more of them, as local[8], or lower train.workers.";
        }
        if (executors == 0) {
            return "No executor has come. Either no machine has spark.executor.memory="
                    + spark.getConf().get("spark.executor.memory", "1g")
                    + " and its cores free, or executors end as they start: the cluster manager's page and their own logs say"
                    + " why.";
        }
        return "A slot is spark.task.cpus cores of an executor. Give Spark more cores or executors, or lower train.workers."
                + (isDynamic(spark) ? " Dynamic allocation has asked for as many as the workers need." : "");
    }

    private static boolean isDynamic(JavaSparkContext spark) {
        return !spark.isLocal() && spark.getConf().getBoolean("spark.dynamicAllocation.enabled", false);
    }

    /** What dynamic allocation may never bring is not waited for. */
    private static void requireLimit(JavaSparkContext spark, int workers) {
        SparkConf conf = spark.getConf();
        int most = conf.getInt("spark.dynamicAllocation.maxExecutors", Integer.MAX_VALUE);
        int cores = conf.getInt("spark.executor.cores", 0);
        if (cores > 0 && (long) most * (cores / taskCpus(conf)) < workers) {
            throw new ClusterException(
                    "Dynamic allocation may not bring enough executors for all workers to run at once:"
                            + " train.workers=" + workers + ", spark.dynamicAllocation.maxExecutors=" + most
                            + ", spark.executor.cores=" + cores + ", spark.task.cpus=" + taskCpus(conf)
                            + ". Raise maxExecutors, or lower train.workers.");
        }
    }

    private static int taskCpus(SparkConf conf) {
        return conf.getInt("spark.task.cpus", 1);
    }

    private static void requireRunning(JavaSparkContext spark) {
        if (spark.sc().isStopped()) {
            throw new ClusterException("Spark has given up while its executors were to start: master=" + spark.master()
                    + ". Its log says why, and the cluster manager's page.");
        }
    }
}

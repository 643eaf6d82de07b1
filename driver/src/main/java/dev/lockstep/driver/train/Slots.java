package dev.lockstep.driver.train;

import dev.lockstep.driver.CancelledException;
import dev.lockstep.driver.ClusterException;
import java.time.Duration;
import java.util.Map;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.status.api.v1.ExecutorSummary;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import scala.collection.Iterator;

/**
 * How many tasks Spark can run at the same time, which all workers of a step must.
 *
 * @param executors that are there
 * @param slots tasks of all executors together
 */
public record Slots(int executors, int slots) {
    private static final Logger LOG = LoggerFactory.getLogger(Slots.class);
    private static final long POLL_NS = Duration.ofMillis(100).toNanos();
    private static final Duration SAY = Duration.ofSeconds(30);
    private static final Duration USUAL = Duration.ofMinutes(10);
    /** A master that gives what it has gives it at once: executors start, but no image is fetched for them. */
    private static final Duration SETTLED = Duration.ofSeconds(60);

    private static final String PATIENCE = "spark.scheduler.maxRegisteredResourcesWaitingTime";
    private static final Pattern LOCAL_CLUSTER = Pattern.compile("local-cluster\\[\\s*(\\d+).*");

    /**
     * Waits until there are enough, because executors register one by one: for the first, and again for each next, as
     * long as Spark's own setting for it says. An executor that is still to come may be fetching its image.
     *
     * @throws ClusterException if they do not come, or cannot
     */
    static void require(JavaSparkContext spark, int workers) {
        long ms = spark.getConf().getTimeAsMs(PATIENCE, USUAL.toMillis() + "ms");
        require(spark, workers, Duration.ofMillis(ms));
    }

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
        OptionalInt asked = asked(spark);
        Slots there = count(spark);
        long sinceNs = System.nanoTime();
        long saidNs = sinceNs;
        while (there.slots < workers
                && there.mayGrow(spark, asked)
                && System.nanoTime() - sinceNs
                        < there.patience(spark, asked, patience).toNanos()) {
            LockSupport.parkNanos(POLL_NS);
            requireWanted();
            requireRunning(spark);
            Slots now = count(spark);
            sinceNs = now.slots > there.slots ? System.nanoTime() : sinceNs;
            there = now;
            if (System.nanoTime() - saidNs >= SAY.toNanos()) {
                saidNs = System.nanoTime();
                LOG.warn(there.waiting(workers, (saidNs - sinceNs) / 1_000_000_000, patience)
                        + advice(spark, there.executors));
            }
        }

        if (there.slots < workers) {
            throw new ClusterException(
                    there.tooFew(workers, spark.getConf(), spark.master()) + advice(spark, there.executors));
        }
    }

    /** How many executors there will be; empty where the master gives what it has, or Spark asks by need. */
    static OptionalInt asked(String master, SparkConf conf) {
        Matcher local = LOCAL_CLUSTER.matcher(master);
        if (local.matches()) {
            return OptionalInt.of(Integer.parseInt(local.group(1)));
        }

        boolean isTold = master.startsWith("k8s") || master.equals("yarn");
        return isTold ? OptionalInt.of(conf.getInt("spark.executor.instances", 2)) : OptionalInt.empty();
    }

    private static OptionalInt asked(JavaSparkContext spark) {
        return isDynamic(spark) ? OptionalInt.empty() : asked(spark.master(), spark.getConf());
    }

    private boolean mayGrow(JavaSparkContext spark, OptionalInt asked) {
        // A local master has all the slots that it will ever have.
        return spark.isLocal() ? slots == 0 : asked.isEmpty() || executors < asked.getAsInt();
    }

    private Duration patience(JavaSparkContext spark, OptionalInt asked, Duration most) {
        boolean isGiven = executors > 0 && asked.isEmpty() && !isDynamic(spark);
        return isGiven && SETTLED.compareTo(most) < 0 ? SETTLED : most;
    }

    private String waiting(int workers, long seconds, Duration most) {
        return "Waiting for executors: train.workers=" + workers + ", slots=" + slots + ", executors=" + executors
                + ", waited=" + seconds + " s, at most " + most.toSeconds() + " s for each (" + PATIENCE + "). ";
    }

    /** Those that are there. */
    static Slots count(JavaSparkContext spark) {
        Map<String, Integer> tasks = byExecutor(spark);
        return new Slots(
                tasks.size(),
                tasks.values().stream().mapToInt(Integer::intValue).sum());
    }

    /** How many tasks each executor that is there runs at the same time. */
    public static Map<String, Integer> byExecutor(JavaSparkContext spark) {
        Map<String, Integer> tasks = new TreeMap<>();
        Iterator<ExecutorSummary> all =
                spark.sc().statusStore().executorList(/* activeOnly */ true).iterator();
        while (all.hasNext()) {
            ExecutorSummary executor = all.next();
            // The driver is in the list too, and runs tasks only where the master is local.
            if (executor.maxTasks() > 0) {
                tasks.put(executor.id(), executor.maxTasks());
            }
        }
        return tasks;
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

    private static void requireWanted() {
        if (Thread.interrupted()) {
            throw new CancelledException(
                    "Run was interrupted: thread=" + Thread.currentThread().getName(), new InterruptedException());
        }
    }

    private static void requireRunning(JavaSparkContext spark) {
        if (spark.sc().isStopped()) {
            throw new ClusterException("Spark has given up while its executors were to start: master=" + spark.master()
                    + ". Its log says why, and the cluster manager's page.");
        }
    }
}

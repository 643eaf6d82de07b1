package dev.lockstep.deploy.doctor;

import dev.lockstep.driver.ClusterException;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import org.apache.spark.api.java.JavaFutureAction;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.api.java.function.Function;

/**
 * Runs a task on every executor, in rounds of as many tasks as there are slots, because Spark chooses where each runs.
 */
final class Rounds {
    private static final int MOST = 5;
    private static final long SETTLED_NS = Duration.ofSeconds(2).toNanos();
    private static final long POLL_NS = Duration.ofMillis(100).toNanos();

    private final JavaSparkContext spark;
    private final Duration patience;

    /** @param patience for the first executor, and for each round */
    Rounds(JavaSparkContext spark, Duration patience) {
        this.spark = spark;
        this.patience = patience;
    }

    /**
     * Executors come one by one: waits until none has come for a while.
     *
     * @throws ClusterException if none comes at all
     */
    void awaitExecutors() {
        if (spark.isLocal() || spark.getConf().getBoolean("spark.dynamicAllocation.enabled", false)) {
            // Those of dynamic allocation come when tasks wait.
            return;
        }
        long startNs = System.nanoTime();
        long changedNs = startNs;
        int known = executors();
        while (known == 0 || System.nanoTime() - changedNs < SETTLED_NS) {
            if (System.nanoTime() - startNs > patience.toNanos() && known == 0) {
                throw noAnswer(/* tasks */ 0);
            }
            LockSupport.parkNanos(POLL_NS);
            requireWanted();
            int now = executors();
            changedNs = now == known ? changedNs : System.nanoTime();
            known = now;
        }
    }

    /** Reports by executor; those that got no task in {@value #MOST} rounds are missing. */
    Map<String, DoctorReport> run(Function<Integer, DoctorReport> work) {
        Map<String, DoctorReport> byExecutor = new TreeMap<>();
        for (int round = 0; round < MOST && (round == 0 || byExecutor.size() < executors()); round++) {
            for (DoctorReport report : one(work)) {
                byExecutor.putIfAbsent(report.executor(), report);
            }
        }
        return byExecutor;
    }

    private List<DoctorReport> one(Function<Integer, DoctorReport> work) {
        int tasks = Math.max(spark.defaultParallelism(), executors());
        JavaFutureAction<List<DoctorReport>> reports = spark.parallelize(Collections.nCopies(tasks, 0), tasks)
                .map(work)
                .collectAsync();

        try {
            return reports.get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            reports.cancel(/* mayInterruptIfRunning */ true);
            throw noAnswer(tasks);
        } catch (ExecutionException e) {
            throw new ClusterException(
                    "The executors failed: master=" + spark.master() + ", cause="
                            + e.getCause().getMessage(),
                    e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw interrupted(e);
        }
    }

    private ClusterException noAnswer(int tasks) {
        return new ClusterException("No executor answered: master=" + spark.master() + ", tasks=" + tasks + ", waited="
                + patience.toSeconds()
                + " s. Look at the master's page: are there workers with free cores and memory?");
    }

    private void requireWanted() {
        if (Thread.currentThread().isInterrupted()) {
            throw interrupted(new InterruptedException());
        }
    }

    private ClusterException interrupted(InterruptedException e) {
        return new ClusterException("The examination was interrupted: master=" + spark.master(), e);
    }

    private int executors() {
        // The driver is listed too, and in local mode it is the only one.
        int known = spark.sc().statusTracker().getExecutorInfos().length;
        return spark.isLocal() ? 1 : known - 1;
    }
}

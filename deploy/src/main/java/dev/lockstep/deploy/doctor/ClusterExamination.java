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
import org.apache.spark.api.java.JavaFutureAction;
import org.apache.spark.api.java.JavaSparkContext;

/** Examines every executor of a cluster by running the probes in its tasks. */
public final class ClusterExamination {
    private static final int ROUNDS = 5;
    /** A task keeps its slot this long, so that Spark gives the next one to another executor. */
    private static final long TASK_MS = 500;

    private ClusterExamination() {}

    /**
     * Findings by executor. Executors that got no task in {@value #ROUNDS} rounds are missing from it.
     *
     * @param patience how long the cluster may take for one round, its start included
     */
    public static Map<String, List<Finding>> run(JavaSparkContext spark, Duration patience) {
        Map<String, List<Finding>> byExecutor = new TreeMap<>();
        for (int round = 0; round < ROUNDS && (round == 0 || byExecutor.size() < executors(spark)); round++) {
            for (DoctorReport report : round(spark, patience)) {
                byExecutor.putIfAbsent(report.executor(), report.findings());
            }
        }
        return byExecutor;
    }

    private static List<DoctorReport> round(JavaSparkContext spark, Duration patience) {
        int tasks = Math.max(spark.defaultParallelism(), executors(spark));
        JavaFutureAction<List<DoctorReport>> reports = spark.parallelize(Collections.nCopies(tasks, 0), tasks)
                .map(place -> report())
                .collectAsync();

        try {
            return reports.get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            reports.cancel(/* mayInterruptIfRunning */ true);
            throw new ClusterException("No executor answered: master=" + spark.master() + ", tasks=" + tasks
                    + ", waited=" + patience.toSeconds()
                    + " s. Look at the master's page: are there workers with free cores and memory?");
        } catch (ExecutionException e) {
            throw new ClusterException(
                    "The executors failed: master=" + spark.master() + ", cause="
                            + e.getCause().getMessage(),
                    e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ClusterException("The examination was interrupted: master=" + spark.master(), e);
        }
    }

    private static DoctorReport report() throws InterruptedException {
        DoctorReport report = DoctorReport.ofThisExecutor();
        Thread.sleep(TASK_MS);
        return report;
    }

    private static int executors(JavaSparkContext spark) {
        // The driver is listed too, and in local mode it is the only one.
        int known = spark.sc().statusTracker().getExecutorInfos().length;
        return spark.isLocal() ? 1 : known - 1;
    }
}

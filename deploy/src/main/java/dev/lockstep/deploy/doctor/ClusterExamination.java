package dev.lockstep.deploy.doctor;

import dev.lockstep.driver.ClusterException;
import dev.lockstep.driver.job.Job;
import dev.lockstep.driver.train.TransportConf;
import dev.lockstep.params.ParamException;
import dev.lockstep.params.link.NetworkSettings;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.spark.api.java.JavaFutureAction;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.api.java.function.Function;

/** Examines every executor of a cluster, and the ways between them and from the driver, by tasks. */
public final class ClusterExamination {
    private static final int ROUNDS = 5;
    /** A task keeps its slot this long, so that Spark gives the next one to another executor. */
    private static final long TASK_MS = 500;

    private static final String DRIVER = "driver";

    private ClusterExamination() {}

    /**
     * Findings by executor, and those of the driver's own ways. Executors that got no task in {@value #ROUNDS} rounds
     * are missing from it.
     *
     * @param job null for none that it is to be fit for
     * @param patience how long the cluster may take for one round, its start included
     */
    public static Map<String, List<Finding>> run(JavaSparkContext spark, Job job, Duration patience) {
        String host = spark.getConf().get("spark.driver.host", "127.0.0.1");
        SharedMemoryNeed need = job == null ? SharedMemoryNeed.USUAL : SharedMemoryNeed.of(job);
        NetworkSettings usual = TransportConf.ofDriver(
                        spark.getConf(), TransportConf.of(spark.getConf(), host, /* peers */ 1))
                .network();
        try (PathListener here = PathListener.open(usual)) {
            Station driver = here.station(DRIVER);
            Map<String, DoctorReport> machines = rounds(spark, patience, place -> report(need));
            List<Station> stations = new ArrayList<>(List.of(driver));
            machines.values().forEach(report -> stations.add(report.station()));
            Map<String, DoctorReport> paths = rounds(spark, patience, place -> DoctorReport.ofPaths(stations));

            Map<String, List<Finding>> findings = new TreeMap<>();
            machines.forEach((executor, report) -> findings.put(executor, new ArrayList<>(report.findings())));
            paths.forEach((executor, report) -> findings.computeIfAbsent(executor, none -> new ArrayList<>())
                    .addAll(report.findings()));
            findings.put(DRIVER, Paths.examine(driver, stations));
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

    private static Map<String, DoctorReport> rounds(
            JavaSparkContext spark, Duration patience, Function<Integer, DoctorReport> work) {
        Map<String, DoctorReport> byExecutor = new TreeMap<>();
        for (int round = 0; round < ROUNDS && (round == 0 || byExecutor.size() < executors(spark)); round++) {
            for (DoctorReport report : round(spark, patience, work)) {
                byExecutor.putIfAbsent(report.executor(), report);
            }
        }
        return byExecutor;
    }

    private static List<DoctorReport> round(
            JavaSparkContext spark, Duration patience, Function<Integer, DoctorReport> work) {
        int tasks = Math.max(spark.defaultParallelism(), executors(spark));
        JavaFutureAction<List<DoctorReport>> reports = spark.parallelize(Collections.nCopies(tasks, 0), tasks)
                .map(work)
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

    private static DoctorReport report(SharedMemoryNeed need) throws InterruptedException, IOException {
        DoctorReport report = DoctorReport.ofThisExecutor(need);
        Thread.sleep(TASK_MS);
        return report;
    }

    private static int executors(JavaSparkContext spark) {
        // The driver is listed too, and in local mode it is the only one.
        int known = spark.sc().statusTracker().getExecutorInfos().length;
        return spark.isLocal() ? 1 : known - 1;
    }
}

package dev.lockstep.driver.train;

import dev.lockstep.driver.CancelledException;
import dev.lockstep.driver.LockstepException;
import dev.lockstep.driver.task.ClusterSpec;
import dev.lockstep.driver.task.ProcessNode;
import dev.lockstep.params.AbortException;
import dev.lockstep.params.Layout;
import dev.lockstep.params.ParamException;
import dev.lockstep.params.Segment;
import dev.lockstep.params.link.JvmOptions;
import dev.lockstep.params.link.TransportSettings;
import dev.lockstep.params.member.ClusterSettings;
import dev.lockstep.params.member.Coordinator;
import dev.lockstep.params.member.StepListener;
import dev.lockstep.params.node.Node;
import dev.lockstep.params.secure.JobKey;
import dev.lockstep.params.shard.ShardRule;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.apache.spark.api.java.JavaFutureAction;
import org.apache.spark.api.java.JavaSparkContext;

/** The workers and shards of a run from its start, or from a loss, to its end or the next loss. */
final class Cluster implements AutoCloseable {
    /** How often to look whether the coordinator has given up, and how long workers may take to hear of it. */
    private static final long LOOK_MS = 1_000;

    private final JavaSparkContext spark;
    private final String name;
    private final ClusterSpec spec;
    private final Coordinator coordinator;
    private final LostTasks losses;

    /**
     * What a cluster is made for.
     *
     * @param name of the run, on Spark's pages
     */
    record Plan(JavaSparkContext spark, String name, int workers, Layout layout, ShardRule rule) {}

    /** Known before data are read; executors say it by themselves. Within one process nothing needs them. */
    static void requireOptions(JavaSparkContext spark) {
        try {
            if (!spark.isLocal()) {
                JvmOptions.require();
            }
        } catch (ParamException e) {
            throw DriverFailures.of(e);
        }
    }

    /** Opens a coordinator under a new job number. */
    static Cluster open(Plan plan, StepListener listener) {
        JavaSparkContext spark = plan.spark();
        ClusterSettings settings =
                ClusterSettings.of(ThreadLocalRandom.current().nextInt(), plan.workers());
        int peers = plan.workers() + plan.layout().shards() + 1;
        String host = spark.getConf().get("spark.driver.host", "127.0.0.1");
        TransportSettings transport = TransportConf.of(spark.getConf(), host, spark.isLocal() ? 0 : peers);
        JobKey key = JobKey.random();
        Node node = node(TransportConf.ofDriver(spark.getConf(), transport));
        node.admit(settings.job(), key);
        Coordinator coordinator = coordinator(node, settings, plan.layout(), listener);
        ClusterSpec spec = new ClusterSpec(settings, key, coordinator.address(), plan.layout(), plan.rule(), transport);
        return new Cluster(plan, spec, coordinator);
    }

    private static Node node(TransportSettings transport) {
        try {
            return ProcessNode.open(transport);
        } catch (ParamException e) {
            throw DriverFailures.of(e);
        }
    }

    private static Coordinator coordinator(Node node, ClusterSettings settings, Layout layout, StepListener listener) {
        try {
            return node.coordinate(settings, layout, listener);
        } catch (ParamException e) {
            throw DriverFailures.of(e);
        }
    }

    private Cluster(Plan plan, ClusterSpec spec, Coordinator coordinator) {
        this.spark = plan.spark();
        this.name = plan.name();
        this.spec = spec;
        this.coordinator = coordinator;
        this.losses = new LostTasks(run(), reason -> coordinator.abort(AbortException.Kind.LOST, reason));
        spark.sc().addSparkListener(losses);
    }

    private String run() {
        return Integer.toString(spec.settings().job());
    }

    /** What its tasks must know. */
    ClusterSpec spec() {
        return spec;
    }

    /**
     * Runs one Spark job and returns what its tasks bring back.
     *
     * @param part of the run, on Spark's pages
     * @param job begins it
     * @throws LockstepException that says what went wrong first, and where
     */
    <T> List<T> run(Segment steps, String part, Supplier<JavaFutureAction<List<T>>> job) {
        coordinator.begin(steps);
        JobLabels labels = JobLabels.of(spark, name, part).workers(run());
        try {
            List<T> results = awaited(job.get());
            coordinator.flush();
            return results;
        } catch (Exception e) {
            throw explained(e);
        } finally {
            labels.close();
        }
    }

    /**
     * Ends the Spark job where the coordinator has given it up: workers that have heard of it end by themselves, but
     * Spark would try their tasks again, and wait for ever for those that it finds no place for.
     */
    private <T> T awaited(JavaFutureAction<T> job) throws Exception {
        boolean ended = false;
        InterruptedException interrupt = null;
        while (true) {
            boolean givenUp = coordinator.failure().isPresent();
            try {
                T results = job.get(LOOK_MS, TimeUnit.MILLISECONDS);
                if (interrupt != null) {
                    throw interrupt;
                }
                return results;
            } catch (TimeoutException e) {
                if (givenUp && !ended) {
                    ended = job.cancel(/* mayInterruptIfRunning */ true);
                }
            } catch (InterruptedException e) {
                if (interrupt != null) {
                    throw e;
                }
                // The workers are waited for: none is to be left when the caller goes on.
                interrupt = e;
                coordinator.abort(AbortException.Kind.CLUSTER, "Run was interrupted");
            } catch (ExecutionException e) {
                throw interrupt != null ? interrupt : failure(e, ended);
            }
        }
    }

    /** @param ended whether this object has cancelled the job, and not somebody else */
    private static Exception failure(ExecutionException e, boolean ended) {
        Exception cause = e.getCause() instanceof Exception known ? known : e;
        return !ended && DriverFailures.of(cause) instanceof CancelledException cancelled ? cancelled : cause;
    }

    /** Asks all workers to end after a step, the same for all. */
    void stop() {
        coordinator.stop();
    }

    private LockstepException explained(Exception failure) {
        boolean wanted = failure instanceof CancelledException || failure instanceof InterruptedException;
        if (coordinator.failure().isPresent() && !wanted) {
            return DriverFailures.of(losses.explained(coordinator.failure().get()), failure);
        }

        LockstepException explained = DriverFailures.of(failure);
        // Workers that still wait for this one should not wait until their patience ends.
        coordinator.abort(AbortException.Kind.CLUSTER, explained.getMessage());
        return explained;
    }

    @Override
    public void close() {
        spark.sc().removeSparkListener(losses);
        coordinator.close();
    }
}

package dev.lockstep.driver.train;

import dev.lockstep.driver.CancelledException;
import dev.lockstep.driver.LockstepException;
import dev.lockstep.driver.data.PackedSlice;
import dev.lockstep.driver.task.ClusterSpec;
import dev.lockstep.driver.task.PlannedSegment;
import dev.lockstep.driver.task.ProcessNode;
import dev.lockstep.driver.task.SegmentOutputs;
import dev.lockstep.driver.task.SegmentResult;
import dev.lockstep.driver.task.SegmentTask;
import dev.lockstep.driver.task.ShardInitializer;
import dev.lockstep.driver.task.TaskSpec;
import dev.lockstep.driver.task.WorkerStates;
import dev.lockstep.driver.train.state.RunState;
import dev.lockstep.params.AbortException;
import dev.lockstep.params.Layout;
import dev.lockstep.params.ParamException;
import dev.lockstep.params.compress.Residual;
import dev.lockstep.params.link.TransportSettings;
import dev.lockstep.params.member.ClusterSettings;
import dev.lockstep.params.member.Coordinator;
import dev.lockstep.params.member.StepListener;
import dev.lockstep.params.node.Node;
import dev.lockstep.params.secure.JobKey;
import dev.lockstep.params.shard.RangeContents;
import dev.lockstep.params.shard.ShardRule;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.spark.api.java.JavaFutureAction;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;

/** The workers and shards of a run from its start, or from a loss, to its end or the next loss. */
final class Cluster implements AutoCloseable {
    /** How often to look whether the coordinator has given up, and how long workers may take to hear of it. */
    private static final long LOOK_MS = 1_000;

    private final JavaSparkContext spark;
    private final String name;
    private final TaskSpec spec;
    private final ClusterSpec cluster;
    private final Coordinator coordinator;
    private final Broadcast<RangeContents[]> initial;
    private final LostTasks losses;

    /** Opens a coordinator under a new job number. The shards are filled with {@code ranges} when the workers come. */
    static Cluster open(RunContext context, RangeContents[] ranges, StepListener listener) {
        JavaSparkContext spark = context.spark();
        int workers = context.spec().workers();
        ClusterSettings settings =
                ClusterSettings.of(ThreadLocalRandom.current().nextInt(), workers);
        int peers = workers + context.layout().shards() + 1;
        String host = spark.getConf().get("spark.driver.host", "127.0.0.1");
        TransportSettings transport = TransportConf.of(spark.getConf(), host, spark.isLocal() ? 0 : peers);
        JobKey key = JobKey.random();
        Node node = node(TransportConf.ofDriver(spark.getConf(), transport));
        node.admit(settings.job(), key);
        Coordinator coordinator = coordinator(node, settings, context.layout(), listener);
        ShardRule rule = new ShardRule(
                context.spec().loss().reduction()::divisor,
                context.rule(),
                context.job().train().compression());
        ClusterSpec cluster = new ClusterSpec(settings, key, coordinator.address(), context.layout(), rule, transport);
        return new Cluster(context, cluster, coordinator, ranges);
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

    private Cluster(RunContext context, ClusterSpec cluster, Coordinator coordinator, RangeContents[] initial) {
        this.spark = context.spark();
        this.name = context.job().name();
        this.spec = context.spec();
        this.cluster = cluster;
        this.coordinator = coordinator;
        this.initial = spark.broadcast(initial);
        this.losses = new LostTasks(run(), reason -> coordinator.abort(AbortException.Kind.LOST, reason));
        spark.sc().addSparkListener(losses);
    }

    private String run() {
        return Integer.toString(cluster.settings().job());
    }

    /**
     * Runs one Spark job and returns what its tasks bring back, in worker order.
     *
     * @param before what each worker goes on with
     * @throws LockstepException that says what went wrong first, and where
     */
    List<SegmentResult> run(
            JavaRDD<PackedSlice> training,
            JavaRDD<PackedSlice> validation,
            PlannedSegment segment,
            SegmentOutputs outputs,
            RunState before) {
        coordinator.begin(segment.steps());
        WorkerStates states = new WorkerStates(before.buffers(), broadcast(before.residuals()), before.lossScale());
        SegmentTask task = new SegmentTask(spec, cluster, new ShardInitializer(initial), segment, outputs, states);
        JobLabels labels = JobLabels.of(spark, name, description(segment)).workers(run());
        try {
            List<SegmentResult> results = new ArrayList<>(
                    awaited(training.zipPartitions(validation, task).collectAsync()));
            coordinator.flush();
            results.sort(Comparator.comparingInt(result -> result.worker));
            return results;
        } catch (Exception e) {
            throw explained(e);
        } finally {
            states.destroy();
            labels.close();
        }
    }

    private static String description(PlannedSegment segment) {
        int first = segment.epochOf(segment.first());
        int last = segment.epochOf(segment.last());
        return (first == last ? "epoch " + first : "epochs " + first + " to " + last) + ", steps " + segment.first()
                + " to " + segment.last();
    }

    private List<Broadcast<Residual>> broadcast(Residual[] residuals) {
        return residuals == null
                ? null
                : Arrays.stream(residuals).map(spark::broadcast).toList();
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
            return DriverFailures.of(coordinator.failure().get(), failure);
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
        initial.destroy();
    }
}

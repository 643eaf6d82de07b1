package dev.lockstep.driver.train;

import dev.lockstep.driver.task.PlannedSegment;
import dev.lockstep.driver.task.SegmentOutputs;
import dev.lockstep.driver.task.SegmentResult;
import dev.lockstep.driver.task.SegmentTask;
import dev.lockstep.driver.task.ShardInitializer;
import dev.lockstep.driver.task.WorkerStates;
import dev.lockstep.driver.train.state.RunState;
import dev.lockstep.params.compress.Residual;
import dev.lockstep.params.member.StepListener;
import dev.lockstep.params.shard.RangeContents;
import dev.lockstep.params.shard.ShardRule;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.apache.spark.broadcast.Broadcast;

/** The segments of a run on one cluster, each as one Spark job. */
final class SegmentJobs implements AutoCloseable {
    private final RunContext context;
    private final Cluster cluster;
    private final Broadcast<RangeContents[]> initial;

    private SegmentJobs(RunContext context, Cluster cluster, Broadcast<RangeContents[]> initial) {
        this.context = context;
        this.cluster = cluster;
        this.initial = initial;
    }

    /** Opens a cluster. The shards are filled with {@code ranges} when the workers come. */
    static SegmentJobs open(RunContext context, RangeContents[] ranges, StepListener listener) {
        ShardRule rule = new ShardRule(
                context.spec().loss().reduction()::divisor,
                context.rule(),
                context.job().train().compression());
        Cluster cluster = Cluster.open(
                new Cluster.Plan(
                        context.spark(), context.job().name(), context.spec().workers(), context.layout(), rule),
                listener);
        return new SegmentJobs(context, cluster, context.spark().broadcast(ranges));
    }

    /**
     * Runs one segment and returns what its tasks bring back, in worker order.
     *
     * @param before what each worker goes on with
     * @throws dev.lockstep.driver.LockstepException that says what went wrong first, and where
     */
    List<SegmentResult> run(PlannedSegment segment, SegmentOutputs outputs, RunState before) {
        WorkerStates states = new WorkerStates(before.buffers(), broadcast(before.residuals()), before.lossScale());
        SegmentTask task = new SegmentTask(
                context.spec(), cluster.spec(), new ShardInitializer(initial), segment, outputs, states);
        try {
            List<SegmentResult> results =
                    new ArrayList<>(cluster.run(segment.steps(), description(segment), () -> context.training()
                            .zipPartitions(context.validation(), task)
                            .collectAsync()));
            results.sort(Comparator.comparingInt(result -> result.worker));
            return results;
        } finally {
            states.destroy();
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
                : Arrays.stream(residuals).map(context.spark()::broadcast).toList();
    }

    /** Asks all workers to end after a step, the same for all. */
    void stop() {
        cluster.stop();
    }

    @Override
    public void close() {
        cluster.close();
        initial.destroy();
    }
}

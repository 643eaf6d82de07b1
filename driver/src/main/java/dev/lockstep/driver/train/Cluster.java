package dev.lockstep.driver.train;

import dev.lockstep.driver.LockstepException;
import dev.lockstep.driver.data.PackedSlice;
import dev.lockstep.params.AbortException;
import dev.lockstep.params.member.Coordinator;
import dev.lockstep.params.shard.RangeContents;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;

/** The workers and shards of a run from its start, or from a loss, to its end or the next loss. */
final class Cluster implements AutoCloseable {
    private final JavaSparkContext spark;
    private final TaskPlan plan;
    private final Place place;
    private final Coordinator coordinator;
    private final Broadcast<RangeContents[]> initial;
    private final LostTasks losses;

    Cluster(JavaSparkContext spark, TaskPlan plan, Place place, Coordinator coordinator, RangeContents[] initial) {
        this.spark = spark;
        this.plan = plan;
        this.place = place;
        this.coordinator = coordinator;
        this.initial = spark.broadcast(initial);
        this.losses = new LostTasks(
                spark.statusTracker(), group(), reason -> coordinator.abort(AbortException.Kind.LOST, reason));
        spark.sc().addSparkListener(losses);
    }

    private String group() {
        return "lockstep-" + place.settings().job();
    }

    /**
     * Runs one Spark job and returns what its tasks bring back, in worker order.
     *
     * @param buffers of each worker, within an epoch; null at its start
     * @throws LockstepException that says what went wrong first, and where
     */
    List<SegmentResult> run(
            JavaRDD<PackedSlice> training, JavaRDD<PackedSlice> validation, Leg leg, Want want, float[][] buffers) {
        spark.setJobGroup(
                group(),
                "epoch " + leg.epoch() + ", steps " + leg.first() + " to " + leg.last(),
                /* interruptOnCancel */ true);
        coordinator.begin(leg.segment());
        SegmentTask task = new SegmentTask(plan, place, new InitialState(initial), leg, want, buffers);
        try {
            List<SegmentResult> results =
                    new ArrayList<>(training.zipPartitions(validation, task).collect());
            coordinator.flush();
            results.sort(Comparator.comparingInt(result -> result.worker));
            return results;
        } catch (Exception e) {
            throw explained(e);
        } finally {
            spark.clearJobGroup();
        }
    }

    /** Asks all workers to end after a step, the same for all. */
    void stop() {
        coordinator.stop();
    }

    private LockstepException explained(Exception failure) {
        if (coordinator.failure().isPresent()) {
            return Explanation.of(coordinator.failure().get(), failure);
        }

        LockstepException explained = Explanation.of(failure);
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

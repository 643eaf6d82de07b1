package dev.lockstep.driver.train;

import dev.lockstep.driver.ClusterException;
import dev.lockstep.driver.DataException;
import dev.lockstep.driver.LockstepException;
import dev.lockstep.driver.TrainingException;
import dev.lockstep.driver.data.PackedSlice;
import dev.lockstep.params.AbortException;
import dev.lockstep.params.member.Coordinator;
import dev.lockstep.params.shard.RangeContents;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.apache.spark.SparkException;
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

    Cluster(JavaSparkContext spark, TaskPlan plan, Place place, Coordinator coordinator, RangeContents[] initial) {
        this.spark = spark;
        this.plan = plan;
        this.place = place;
        this.coordinator = coordinator;
        this.initial = spark.broadcast(initial);
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
                "lockstep-" + place.settings().job(),
                "epoch " + leg.epoch() + ", steps " + leg.first() + " to " + leg.last(),
                /* interruptOnCancel */ true);
        coordinator.begin(leg.segment());
        SegmentTask task = new SegmentTask(plan, place, new InitialState(initial), leg, want, buffers);
        try {
            List<SegmentResult> results =
                    new ArrayList<>(training.zipPartitions(validation, task).collect());
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
            return explained(coordinator.failure().get(), failure);
        }
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof AbortException abort) {
                return explained(abort, failure);
            }
            if (cause instanceof LockstepException known) {
                return known;
            }
        }
        coordinator.abort(AbortException.Kind.CLUSTER, "The Spark job failed");
        return new ClusterException("The Spark job failed: " + firstLine(failure), failure);
    }

    private static LockstepException explained(AbortException abort, Exception failure) {
        return switch (abort.kind()) {
            case TRAINING -> new TrainingException(abort.getMessage(), failure);
            case DATA -> new DataException(abort.getMessage(), failure);
            case CLUSTER -> new ClusterException(abort.getMessage(), failure);
        };
    }

    private static String firstLine(Exception failure) {
        Throwable root = failure;
        while (root instanceof SparkException && root.getCause() != null) {
            root = root.getCause();
        }
        return String.valueOf(root.getMessage()).lines().findFirst().orElse(root.toString());
    }

    @Override
    public void close() {
        coordinator.close();
        initial.unpersist(/* blocking */ false);
    }
}

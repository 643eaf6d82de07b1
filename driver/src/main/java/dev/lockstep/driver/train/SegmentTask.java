package dev.lockstep.driver.train;

import dev.lockstep.driver.data.PackedSlice;
import dev.lockstep.driver.data.WorkerData;
import dev.lockstep.params.AbortException;
import dev.lockstep.params.client.WorkerClient;
import dev.lockstep.params.client.WorkerMemory;
import dev.lockstep.params.node.Membership;
import dev.lockstep.params.node.Node;
import dev.lockstep.worker.Replica;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.TaskContext;
import org.apache.spark.TaskKilledException;
import org.apache.spark.api.java.function.FlatMapFunction2;

/** The task of one worker in one leg: takes its place, runs the steps and brings back what is wanted. */
final class SegmentTask implements FlatMapFunction2<Iterator<PackedSlice>, Iterator<PackedSlice>, SegmentResult> {
    private final TaskPlan plan;
    private final Place place;
    private final InitialState initial;
    private final Leg leg;
    private final Want want;
    private final float[][] buffers;

    /** @param buffers of each worker, where the last leg ended within its epoch; null else */
    SegmentTask(TaskPlan plan, Place place, InitialState initial, Leg leg, Want want, float[][] buffers) {
        this.plan = plan;
        this.place = place;
        this.initial = initial;
        this.leg = leg;
        this.want = want;
        this.buffers = buffers;
    }

    @Override
    public Iterator<SegmentResult> call(Iterator<PackedSlice> training, Iterator<PackedSlice> validation) {
        int worker = TaskContext.getPartitionId();
        try {
            return List.of(result(worker, training, validation)).iterator();
        } catch (Error e) {
            // Spark would end the process for it, with all that others run there, and say nothing to the driver.
            throw Told.of(e, worker, leg.first());
        }
    }

    private SegmentResult result(int worker, Iterator<PackedSlice> training, Iterator<PackedSlice> validation) {
        WorkerData data = new WorkerData(plan.training(), worker, plan.workers(), training);
        Node node = ProcessNode.open(place.network());
        Membership membership = place.membership(worker);
        try (Replica replica = plan.open()) {
            WorkerMemory memory = new WorkerMemory(replica.values(), replica.gradient(), replica.bufferValues());
            try (WorkerClient client = node.join(membership, memory, initial)) {
                SegmentRun run = new SegmentRun(plan, place, leg, worker, replica, client);
                return result(run, client, data, validation, worker);
            }
        }
    }

    /** Runs the steps; what goes wrong is told to everybody, because the first cause that is heard wins. */
    private SegmentResult result(
            SegmentRun run, WorkerClient client, WorkerData data, Iterator<PackedSlice> validation, int worker) {
        try {
            return run.run(data, validation, want, ownBuffers(worker));
        } catch (RuntimeException | Error e) {
            if (e instanceof TaskKilledException || Thread.currentThread().isInterrupted()) {
                // Whoever asked Spark for it knows why.
                throw e;
            }

            AbortException told = Told.of(e, worker, run.underWay());
            client.abort(told.kind(), told.getMessage());
            throw told;
        }
    }

    private float[] ownBuffers(int worker) {
        return buffers == null ? null : buffers[worker];
    }
}

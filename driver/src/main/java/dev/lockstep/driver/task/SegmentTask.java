package dev.lockstep.driver.task;

import dev.lockstep.driver.data.PackedSlice;
import dev.lockstep.driver.data.WorkerData;
import dev.lockstep.params.client.WorkerClient;
import dev.lockstep.params.client.WorkerMemory;
import dev.lockstep.params.node.Membership;
import dev.lockstep.params.node.Node;
import dev.lockstep.params.plane.HostSeat;
import dev.lockstep.worker.Replica;
import dev.lockstep.worker.ReplicaMemory;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.function.FlatMapFunction2;

/** The task of one worker in one segment: takes its place, runs the steps and brings back what is wanted. */
public final class SegmentTask
        implements FlatMapFunction2<Iterator<PackedSlice>, Iterator<PackedSlice>, SegmentResult> {
    private final TaskSpec spec;
    private final ClusterSpec cluster;
    private final ShardInitializer initial;
    private final PlannedSegment segment;
    private final SegmentOutputs outputs;
    private final WorkerStates states;

    /** @param states what each worker goes on with */
    public SegmentTask(
            TaskSpec spec,
            ClusterSpec cluster,
            ShardInitializer initial,
            PlannedSegment segment,
            SegmentOutputs outputs,
            WorkerStates states) {
        this.spec = spec;
        this.cluster = cluster;
        this.initial = initial;
        this.segment = segment;
        this.outputs = outputs;
        this.states = states;
    }

    @Override
    public Iterator<SegmentResult> call(Iterator<PackedSlice> training, Iterator<PackedSlice> validation) {
        int worker = TaskContext.getPartitionId();
        try {
            return List.of(result(worker, training, validation)).iterator();
        } catch (Error e) {
            // Spark would end the process for it, with all that others run there, and say nothing to the driver.
            throw WorkerFailures.of(e, worker, segment.first());
        }
    }

    private SegmentResult result(int worker, Iterator<PackedSlice> training, Iterator<PackedSlice> validation) {
        WorkerData data = new WorkerData(spec.training(), worker, spec.workers(), training);
        Node node = cluster.node();
        Membership membership = cluster.membership(worker);
        try (HostSeat seat = node.seat(membership);
                Replica replica = spec.open(memory(seat), TaskGpu.index(TaskContext.get()))) {
            WorkerMemory memory = new WorkerMemory(seat, replica.bufferValues());
            try (WorkerClient client = node.join(membership, memory, initial)) {
                SegmentRun run = new SegmentRun(spec, cluster, segment, worker, replica, client);
                return FirstCause.told(client, worker, run::underWay, () -> run.run(data, validation, outputs, states));
            }
        }
    }

    private static ReplicaMemory memory(HostSeat seat) {
        return new ReplicaMemory(seat.values().floats(), seat.gradient().floats());
    }
}

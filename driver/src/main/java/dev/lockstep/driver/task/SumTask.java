package dev.lockstep.driver.task;

import dev.lockstep.params.client.WorkerClient;
import dev.lockstep.params.client.WorkerMemory;
import dev.lockstep.params.node.Membership;
import dev.lockstep.params.node.Node;
import dev.lockstep.params.plane.HostSeat;
import dev.lockstep.params.shard.ShardServer;
import java.nio.FloatBuffer;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.function.FlatMapFunction;

/** The task of one worker that runs a program: takes its place and lets the program make its steps. */
public final class SumTask<I, R> implements FlatMapFunction<Iterator<I>, R> {
    private final ClusterSpec cluster;
    private final SumProgram<I, R> program;

    public SumTask(ClusterSpec cluster, SumProgram<I, R> program) {
        this.cluster = cluster;
        this.program = program;
    }

    @Override
    public Iterator<R> call(Iterator<I> data) {
        int index = TaskContext.getPartitionId();
        try {
            return List.of(result(index, data)).iterator();
        } catch (Error e) {
            // Spark would end the process for it, with all that others run there, and say nothing to the driver.
            throw WorkerFailures.of(e, index, 1);
        }
    }

    private R result(int index, Iterator<I> data) {
        Node node = cluster.node();
        Membership membership = cluster.membership(index);
        try (HostSeat seat = node.seat(membership);
                WorkerClient client = node.join(membership, memory(seat), SumTask::zeros)) {
            SumWorker worker =
                    new SumWorker(index, cluster.layout().parameters().size(), seat, client);
            return FirstCause.told(client, index, worker::step, () -> {
                client.pull();
                return program.run(worker, data);
            });
        }
    }

    private static WorkerMemory memory(HostSeat seat) {
        return new WorkerMemory(seat, /* bufferValues */ FloatBuffer.allocate(0));
    }

    private static void zeros(ShardServer shard, long step) {
        shard.ranges().forEach(range -> shard.load(range.index(), new float[range.count()]));
    }
}

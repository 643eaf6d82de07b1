package dev.lockstep.dl4j.fit;

import dev.lockstep.dl4j.data.PackedShare;
import dev.lockstep.dl4j.net.Net;
import dev.lockstep.dl4j.net.NetState;
import dev.lockstep.dl4j.net.Threads;
import dev.lockstep.dl4j.torch.TorchPropagation;
import dev.lockstep.dl4j.torch.TorchTwin;
import dev.lockstep.driver.task.StepSeed;
import dev.lockstep.driver.task.SumProgram;
import dev.lockstep.driver.task.SumWorker;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.TaskContext;
import org.apache.spark.broadcast.Broadcast;
import org.deeplearning4j.exception.DL4JException;
import org.deeplearning4j.spark.api.TrainingHook;
import org.nd4j.linalg.dataset.api.MultiDataSet;
import org.nd4j.linalg.factory.Nd4j;

/**
 * One worker's way through a fit: the network's own training, step by step, where each step's gradient is the whole
 * batch's. All workers arrive at the same network, and the first brings it back.
 */
final class FitProgram implements SumProgram<PackedShare, NetState[]> {
    private final Broadcast<NetState> start;
    private final List<TrainingHook> hooks;
    private final TorchTwin twin;
    private final long seed;

    /**
     * A worker's program.
     *
     * @param twin what computes in place of the network's layers; null for these
     * @param seed of all that is random in a step
     */
    FitProgram(Broadcast<NetState> start, List<TrainingHook> hooks, TorchTwin twin, long seed) {
        this.start = start;
        this.hooks = hooks;
        this.twin = twin;
        this.seed = seed;
    }

    @Override
    public NetState[] run(SumWorker worker, Iterator<PackedShare> shares) {
        int threads = TaskContext.get().cpus();
        Threads.use(threads);
        try (TorchPropagation torch = twin == null ? null : new TorchPropagation(twin, threads)) {
            return run(worker, shares, torch);
        }
    }

    private NetState[] run(SumWorker worker, Iterator<PackedShare> shares, TorchPropagation torch) {
        ShareSum sum = new ShareSum(worker);
        Net net = start.value().open(sum, torch);
        while (shares.hasNext()) {
            PackedShare share = shares.next();
            MultiDataSet examples = share.examples();
            long stepSeed = StepSeed.of(seed, start.value().iterations() + worker.step(), worker.index());
            sum.begin(net, share);
            Nd4j.getRandom().setSeed(stepSeed);
            if (torch != null) {
                torch.begin(examples, stepSeed);
            }
            fit(net, examples);
        }

        return worker.index() == 0 ? new NetState[] {NetState.of(net)} : new NetState[0];
    }

    private void fit(Net net, MultiDataSet examples) {
        hooks.forEach(hook -> Hooks.before(hook, examples, net.model()));
        try {
            net.fit(examples);
        } catch (DL4JException | IllegalStateException e) {
            // Both are what Deeplearning4j and ND4J say of examples that do not fit a network.
            throw new IllegalArgumentException(e.getMessage(), e);
        }
        hooks.forEach(hook -> Hooks.after(hook, examples, net.model()));
    }
}

package dev.lockstep.params.sim;

import dev.lockstep.optim.lbfgs.Lbfgs;
import dev.lockstep.optim.update.UpdateRule;
import dev.lockstep.params.Layout;
import dev.lockstep.params.Range;
import dev.lockstep.params.Segment;
import dev.lockstep.params.client.DistributedLbfgs;
import dev.lockstep.params.client.WorkerAgent;
import dev.lockstep.params.client.WorkerClient;
import dev.lockstep.params.link.Faults;
import dev.lockstep.params.shard.RangeContents;
import dev.lockstep.params.shard.ShardRule;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.function.Predicate;

/**
 * Steps of L-BFGS on a {@link Bowl}, run by worker 0 of a simulated cluster, and all that the shards keep after
 * them.
 */
record LbfgsTraining(Layout layout, Lbfgs settings, int workers, int batch, Faults faults, long seed) {
    RangeContents[] run(RangeContents[] state, long from, long to) {
        ShardRule rule = new ShardRule(weight -> weight, UpdateRule.of(settings));
        float[] start = Quadratic.start(layout.valueCount());
        try (SimulatedCluster cluster = new SimulatedCluster(layout, rule, workers, start, faults, seed)) {
            cluster.resume(state);
            cluster.begin(new Segment(1, from, to + 1, Math.toIntExact(to), 0));
            cluster.workers().forEach(worker -> worker.agent().traffic().pull());
            cluster.until(() -> cluster.workers().stream()
                    .allMatch(worker -> worker.agent().traffic().isFetched()));
            WorkerClient client = cluster.client(0);
            DistributedLbfgs steps = new DistributedLbfgs(client, settings, 0);
            for (long step = from; step <= to; step++) {
                steps.step(step, settings.lr(), evaluation -> evaluate(cluster, client, evaluation));
                client.await();
                others(cluster, agent -> agent.traffic().trained().isOver());
                requireSameValues(cluster);
            }

            return layout.ranges().stream()
                    .map(Range::index)
                    .map(client::pullState)
                    .toArray(RangeContents[]::new);
        }
    }

    /** Everybody evaluates the loss where the values have come. */
    private double evaluate(SimulatedCluster cluster, WorkerClient client, long evaluation) {
        others(cluster, agent -> agent.traffic().trained().isOver());
        double loss = 0;
        for (SimulatedCluster.Worker worker : cluster.workers()) {
            loss += Bowl.evaluate(worker.index, workers, batch, worker.values(), worker.gradient());
            int examples = Bowl.examples(worker.index, workers, batch);
            if (worker.index == 0) {
                client.begin(evaluation, examples);
            } else if (examples == 0) {
                worker.agent().traffic().empty(evaluation);
            } else {
                worker.agent().traffic().begin(evaluation, examples);
            }

            for (int parameter = layout.parameters().size() - 1; parameter >= 0 && examples > 0; parameter--) {
                worker.agent().traffic().ready(parameter);
            }
        }

        return loss / batch;
    }

    private static void others(SimulatedCluster cluster, Predicate<WorkerAgent> condition) {
        cluster.until(() -> cluster.workers().stream().skip(1).allMatch(worker -> condition.test(worker.agent())));
    }

    private static void requireSameValues(SimulatedCluster cluster) {
        float[] first = copy(cluster.workers().get(0).values());
        for (SimulatedCluster.Worker worker : cluster.workers()) {
            if (!Arrays.equals(first, copy(worker.values()))) {
                throw new AssertionError("Workers have different values: worker=" + worker.index);
            }
        }
    }

    private static float[] copy(FloatBuffer buffer) {
        float[] copy = new float[buffer.capacity()];
        buffer.duplicate().rewind().get(copy);
        return copy;
    }
}

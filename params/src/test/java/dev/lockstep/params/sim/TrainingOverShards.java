package dev.lockstep.params.sim;

import dev.lockstep.optim.update.UpdateRule;
import dev.lockstep.params.Layout;
import dev.lockstep.params.Range;
import dev.lockstep.params.Segment;
import dev.lockstep.params.client.WorkerAgent;
import dev.lockstep.params.client.WorkerClient;
import dev.lockstep.params.link.Faults;
import dev.lockstep.params.shard.RangeContents;
import dev.lockstep.params.shard.ShardRule;
import java.util.function.Predicate;

/**
 * Some steps on a simulated cluster, and all that the shards keep after them, fetched as a checkpoint fetches it.
 *
 * @param faults of all links; none of them may change a bit
 */
record TrainingOverShards(Layout layout, UpdateRule rule, Share share, int batch, int workers, Faults faults) {
    /** From the first values. */
    RangeContents[] run(long steps) {
        return run(null, 1, steps, /* seed */ 0);
    }

    /** @param state after the step before {@code from}; null for the first values */
    RangeContents[] run(RangeContents[] state, long from, long to) {
        return run(state, from, to, /* seed */ 0);
    }

    /** @param seed of the faults */
    RangeContents[] run(RangeContents[] state, long from, long to, long seed) {
        ShardRule rules = new ShardRule(weight -> weight, rule);
        float[] start = Quadratic.start(layout.valueCount());
        try (SimulatedCluster cluster = new SimulatedCluster(layout, rules, workers, start, faults, seed)) {
            cluster.resume(state);
            cluster.begin(new Segment(1, from, to + 1, Math.toIntExact(to), 0));
            cluster.workers().forEach(worker -> worker.agent().traffic().pull());
            await(cluster, agent -> agent.traffic().isFetched());
            for (long step = from; step <= to; step++) {
                step(cluster, step);
            }

            return state(cluster);
        }
    }

    private void step(SimulatedCluster cluster, long step) {
        for (SimulatedCluster.Worker worker : cluster.workers()) {
            int examples = share.gradient(step, worker.index, workers, batch, worker.values(), worker.gradient());
            if (examples == 0) {
                worker.agent().traffic().empty(step);
                continue;
            }

            worker.agent().traffic().begin(step, examples);
            for (int parameter = layout.parameters().size() - 1; parameter >= 0; parameter--) {
                if (layout.parameters().get(parameter).sparse()) {
                    worker.agent().traffic().ready(parameter, share.rows(step, worker.index, workers, batch));
                } else {
                    worker.agent().traffic().ready(parameter);
                }
            }
        }

        await(cluster, agent -> agent.traffic().trained().isOver());
    }

    private static void await(SimulatedCluster cluster, Predicate<WorkerAgent> condition) {
        cluster.until(() ->
                cluster.workers().stream().map(SimulatedCluster.Worker::agent).allMatch(condition));
    }

    private RangeContents[] state(SimulatedCluster cluster) {
        WorkerClient client = cluster.client(0);
        return layout.ranges().stream().map(Range::index).map(client::pullState).toArray(RangeContents[]::new);
    }
}

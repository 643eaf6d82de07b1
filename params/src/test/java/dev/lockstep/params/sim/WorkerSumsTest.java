package dev.lockstep.params.sim;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lockstep.optim.Sgd;
import dev.lockstep.optim.update.UpdateRule;
import dev.lockstep.params.AbortException;
import dev.lockstep.params.Segment;
import dev.lockstep.params.client.WorkerAgent;
import dev.lockstep.params.link.FaultCounts;
import dev.lockstep.params.link.Faults;
import dev.lockstep.params.shard.ShardRule;
import dev.lockstep.params.sim.SimulatedCluster.Worker;
import java.util.Random;
import java.util.function.IntSupplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Sums over all workers in the middle of a step: everybody has the same bits, those of the sum in worker order,
 * whatever is lost.
 */
class WorkerSumsTest {
    private static final int SEEDS = 200;
    private static final int STEPS = 3;
    /** How many values each round of a step has; 700 take a dozen frames of a faulty link. */
    private static final int[] ROUNDS = {1, 700, 5};

    private static final Segment SEGMENT = new Segment(1, 1, 1 + STEPS, STEPS, 0);
    private static final Faults SOME = new Faults(0.05, 0.05, 0.05, 0.05, 3_000_000);
    private static final ShardRule RULE = new ShardRule(weight -> weight, UpdateRule.of(new Sgd(0.1)));

    @Test
    void faultsChangeNothing() {
        long dropped = 0;
        long duplicated = 0;
        long reordered = 0;
        for (int seed = 0; seed < SEEDS; seed++) {
            FaultCounts faults = run(2 + seed % 3, SOME, seed);
            dropped += faults.dropped();
            duplicated += faults.duplicated();
            reordered += faults.reordered();
        }

        assertTrue(Math.min(dropped, Math.min(duplicated, reordered)) > SEEDS * 20L, "faults must have occurred");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 8})
    void nothingIsDroppedWithoutFaults(int workers) {
        run(workers, Faults.NONE, 0);
    }

    private static FaultCounts run(int workers, Faults faults, long seed) {
        try (SimulatedCluster cluster = cluster(workers, faults, seed)) {
            cluster.begin(SEGMENT);
            Random pauses = new Random(seed);
            for (int step = 1; step <= STEPS; step++) {
                for (int round = 0; round < ROUNDS.length; round++) {
                    // Who waits longer than the resend adds again.
                    allReduce(cluster, step, round, () -> faults == Faults.NONE ? 0 : pauses.nextInt(40));
                }

                finish(cluster, step);
            }

            long dropped = cluster.shards().stream()
                    .mapToLong(shard -> shard.dropped())
                    .sum();
            assertTrue(faults != Faults.NONE || dropped == 0, "dropped by shards: " + dropped);
            return cluster.transport().counts();
        }
    }

    private static void allReduce(SimulatedCluster cluster, int step, int round, IntSupplier pauses) {
        int workers = cluster.workers().size();
        double[] expected = new double[ROUNDS[round]];
        double[][] values = new double[workers][];
        for (int worker = 0; worker < workers; worker++) {
            values[worker] = ownValues(step, round, worker);
            for (int i = 0; i < expected.length; i++) {
                expected[i] += values[worker][i];
            }
        }
        for (Worker worker : cluster.workers()) {
            worker.agent.traffic().allReduce().begin(step, values[worker.index]);
            for (int tick = pauses.getAsInt(); tick > 0; tick--) {
                cluster.tick();
            }
        }

        cluster.until(() -> cluster.workers().stream()
                .allMatch(worker -> worker.agent.traffic().allReduce().isOver()));
        for (double[] total : values) {
            assertArrayEquals(expected, total, "step=" + step + ", round=" + round);
        }
    }

    private static double[] ownValues(int step, int round, int worker) {
        Random random = new Random(step * 1_000L + round * 100L + worker);
        return random.doubles(ROUNDS[round], -1e9, 1e9).toArray();
    }

    private static void finish(SimulatedCluster cluster, int step) {
        for (Worker worker : cluster.workers()) {
            if (worker.index == 0) {
                worker.agent.traffic().begin(step, 1);
                int parameters = SimulatedRun.layout(1).parameters().size();
                IntStream.range(0, parameters).forEach(worker.agent.traffic()::ready);
            } else {
                worker.agent.traffic().empty(step);
            }
        }

        cluster.until(() -> cluster.workers().stream()
                .map(Worker::agent)
                .allMatch(agent -> agent.traffic().trained().isOver()));
    }

    @Test
    void aWorkerThatWaitsForAnotherSaysForWhat() {
        try (SimulatedCluster cluster = cluster(2, Faults.NONE, 0)) {
            cluster.begin(SEGMENT);
            WorkerAgent agent = cluster.workers().get(0).agent;
            agent.traffic().allReduce().begin(1, new double[7]);
            cluster.tick();
            String waits = agent.describe();
            assertTrue(waits.startsWith("sum over the workers of step=1, round=0, received=0 of 7, links=["), waits);
            cluster.silence(1);
            cluster.until(() -> !agent.isSound());
            String lost =
                    assertThrows(AbortException.class, agent::requireSound).getMessage();
            assertTrue(lost.startsWith("Member is lost: member=worker 1 at "), lost);
        }
    }

    @Test
    void workersThatAddDifferentThingsEndTheJob() {
        try (SimulatedCluster cluster = cluster(2, Faults.NONE, 0)) {
            cluster.begin(SEGMENT);
            cluster.workers().get(0).agent.traffic().allReduce().begin(1, new double[7]);
            cluster.tick();
            cluster.workers().get(1).agent.traffic().allReduce().begin(1, new double[9]);
            cluster.until(() -> cluster.workers().stream().noneMatch(worker -> worker.agent.isSound()));
            assertEquals(
                    "Workers add up different things: step=1, round=0, worker=1, words=18, of others=14",
                    cluster.coordinator().failure().orElseThrow().getMessage());
        }
    }

    private static SimulatedCluster cluster(int workers, Faults faults, long seed) {
        float[] start = Quadratic.start(SimulatedRun.layout(1).valueCount());
        return new SimulatedCluster(SimulatedRun.layout(2), RULE, workers, start, faults, seed);
    }
}

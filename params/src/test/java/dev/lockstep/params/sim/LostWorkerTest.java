package dev.lockstep.params.sim;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lockstep.optim.Sgd;
import dev.lockstep.optim.update.UpdateRule;
import dev.lockstep.params.AbortException;
import dev.lockstep.params.Layout;
import dev.lockstep.params.Range;
import dev.lockstep.params.Segment;
import dev.lockstep.params.link.Faults;
import dev.lockstep.params.shard.ShardRule;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** A process that is killed in the middle of a step, while others share memory with it. */
class LostWorkerTest {
    private static final Layout LAYOUT = SimulatedRun.layout(2);
    private static final int LAST_PARAMETER = LAYOUT.parameters().size() - 1;

    @Test
    void everyRangeIsOfOneStepAndTheOthersHearOfTheLoss() {
        ShardRule rule = new ShardRule(weight -> weight, UpdateRule.of(new Sgd(0.1)));
        int[] hosts = {0, 0, 1};
        float[] start = Quadratic.start(LAYOUT.valueCount());
        try (SimulatedCluster cluster = new SimulatedCluster(LAYOUT, rule, hosts, start, Faults.NONE, 0)) {
            cluster.begin(new Segment(1, 1, 9, 8, 0));
            List<SimulatedCluster.Worker> workers = cluster.workers();
            workers.forEach(worker -> worker.agent().traffic().pull());
            cluster.until(() ->
                    workers.stream().allMatch(worker -> worker.agent().traffic().isFetched()));
            push(cluster, 1, 0);
            cluster.until(() -> workers.stream()
                    .allMatch(worker -> worker.agent().traffic().trained().isOver()));
            float[] before = values(workers.get(0));

            push(cluster, 2, LAST_PARAMETER);
            cluster.silence(1);
            cluster.until(() ->
                    !workers.get(0).agent().isSound() && !workers.get(2).agent().isSound());
            String message = assertThrows(AbortException.class, workers.get(0).agent()::requireSound)
                    .getMessage();
            assertTrue(message.startsWith("Member is lost: member=worker 1 at "), message);

            Set<Boolean> updated = new HashSet<>();
            for (Range range : LAYOUT.trained()) {
                boolean isNew = workers.get(0).seat.values().stands(range.index(), 2);
                updated.add(isNew);
                assertEquals(isNew, workers.get(2).seat.values().stands(range.index(), 2));
                assertArrayEquals(part(values(workers.get(0)), range), part(values(workers.get(2)), range));
                assertEquals(
                        !isNew,
                        Arrays.equals(part(before, range), part(values(workers.get(0)), range)),
                        range.toString());
            }

            assertEquals(Set.of(true, false), updated, "some ranges had all gradients, some had not");
            assertFalse(workers.get(0).agent().traffic().trained().isOver());
        }
    }

    /** @param until the parameter at which worker 1 is lost, going backwards */
    private static void push(SimulatedCluster cluster, long step, int until) {
        for (SimulatedCluster.Worker worker : cluster.workers()) {
            int examples = Quadratic.gradient(step, worker.index, 3, 7, worker.values(), worker.gradient());
            worker.agent().traffic().begin(step, examples);
        }
        for (SimulatedCluster.Worker worker : cluster.workers()) {
            for (int parameter = LAST_PARAMETER; parameter >= (worker.index == 1 ? until : 0); parameter--) {
                worker.agent().traffic().ready(parameter);
            }
        }
    }

    private static float[] values(SimulatedCluster.Worker worker) {
        float[] values = new float[LAYOUT.valueCount()];
        worker.values().get(0, values);
        return values;
    }

    private static float[] part(float[] values, Range range) {
        float[] part = new float[range.count()];
        System.arraycopy(values, range.start(), part, 0, part.length);
        return part;
    }
}

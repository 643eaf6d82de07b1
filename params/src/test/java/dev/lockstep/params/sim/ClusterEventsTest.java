package dev.lockstep.params.sim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lockstep.optim.Sgd;
import dev.lockstep.optim.update.UpdateRule;
import dev.lockstep.params.AbortException;
import dev.lockstep.params.AbortException.Kind;
import dev.lockstep.params.Layout;
import dev.lockstep.params.Range;
import dev.lockstep.params.Segment;
import dev.lockstep.params.WorkerReport;
import dev.lockstep.params.WorkerTimes;
import dev.lockstep.params.client.WorkerAgent;
import dev.lockstep.params.link.Faults;
import dev.lockstep.params.shard.ShardRule;
import dev.lockstep.params.sim.SimulatedCluster.Worker;
import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What happens to everybody when something happens to one. */
class ClusterEventsTest {
    private static final Layout LAYOUT = SimulatedRun.layout(2);
    private static final Segment SEGMENT = new Segment(1, 1, 1_000, 999, 0);
    private static final Faults SOME = new Faults(0.05, 0.05, 0.05, 0.05, 3_000_000);

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 4, 5, 6, 7})
    void allWorkersStopAfterTheSameStep(int seed) {
        try (SimulatedCluster cluster = cluster(3, SOME, seed)) {
            cluster.begin(SEGMENT);
            for (int step = 1; step < 10; step++) {
                boolean asked = step > 4;
                if (step == 4) {
                    cluster.coordinator().stop();
                }
                begin(cluster, step);
                for (int tick = 0; step == 4 && tick < 10 * seed; tick++) {
                    cluster.tick();
                }

                push(cluster);
                cluster.until(
                        () -> all(cluster, agent -> agent.traffic().trained().isOver()));
                List<Boolean> stops = cluster.workers().stream()
                        .map(worker -> worker.agent.traffic().trained().stop())
                        .toList();
                assertEquals(1, stops.stream().distinct().count(), () -> "step stops some: " + stops);
                if (stops.get(0)) {
                    assertTrue(step >= 4);
                    leave(cluster);
                    assertTrue(cluster.coordinator().failure().isEmpty());
                    return;
                }
                assertTrue(!asked || step < 9, "the stop must come");
                advance(cluster, 50);
            }
        }
    }

    @Test
    void aStopComesWhereTheFirstShardHasBuffersAlone() {
        Layout layout = Layout.of(Quadratic.PARAMETERS, Quadratic.BUFFERS, /* shards */ 2);
        assertTrue(layout.ownedBy(0).stream().noneMatch(Range::trained));
        try (SimulatedCluster cluster = cluster(layout, 2, Faults.NONE, 0)) {
            cluster.begin(SEGMENT);
            cluster.coordinator().stop();
            int step = 1;
            do {
                assertTrue(step < 10, "the stop must come");
                step(cluster, step++);
            } while (!all(cluster, agent -> agent.traffic().trained().stop()));
        }
    }

    @Test
    void aGradientThatIsNotFiniteEndsTheJobAndNamesStepAndTensor() {
        try (SimulatedCluster cluster = cluster(2, Faults.NONE, 0)) {
            cluster.begin(SEGMENT);
            step(cluster, 1);
            begin(cluster, 2);
            cluster.workers().get(1).gradient().put(7 * 300 + 5, Float.NaN);
            push(cluster);
            cluster.until(() -> cluster.workers().stream().noneMatch(worker -> worker.agent.isSound()));
            for (Worker worker : cluster.workers()) {
                AbortException failure = assertThrows(AbortException.class, worker.agent::requireSound);
                assertTrue(
                        failure.getMessage().startsWith("Gradient is not finite: step=2, parameter=0.bias"),
                        failure.getMessage());
                assertEquals(Kind.TRAINING, failure.kind());
            }
        }
    }

    @Test
    void aSilentWorkerIsNamedToAllOthers() {
        try (SimulatedCluster cluster = cluster(3, Faults.NONE, 0)) {
            cluster.begin(SEGMENT);
            step(cluster, 1);
            report(cluster, 1);
            begin(cluster, 2);
            cluster.silence(1);
            push(cluster);
            cluster.until(() -> !cluster.workers().get(0).agent.isSound()
                    && !cluster.workers().get(2).agent.isSound());
            AbortException failure =
                    assertThrows(AbortException.class, cluster.workers().get(2).agent::requireSound);
            assertTrue(failure.getMessage().startsWith("Member is lost: member=worker 1 at "), failure.getMessage());
            assertTrue(failure.getMessage().contains("step=2, silentMs=30"), failure.getMessage());
            assertEquals(Kind.LOST, failure.kind());
        }
    }

    @Test
    void aCopyOfAWorkerThatLivesWaitsAndDisturbsNobody() {
        try (SimulatedCluster cluster = cluster(2, SOME, 5)) {
            cluster.begin(SEGMENT);
            WorkerAgent copy = cluster.copy(1);
            for (int step = 1; step < 6; step++) {
                step(cluster, step);
                report(cluster, step);
                advance(cluster, 3_000);
            }

            assertTrue(cluster.coordinator().failure().isEmpty());
            assertTrue(copy.isSound());
            assertFalse(copy.session().takesPart(), "the place is taken");
        }
    }

    @Test
    void anotherWorkerInThePlaceOfASilentOneMeansThatThatIsLost() {
        try (SimulatedCluster cluster = cluster(2, Faults.NONE, 0)) {
            cluster.begin(SEGMENT);
            step(cluster, 1);
            cluster.silence(1);
            WorkerAgent next = cluster.copy(1);
            cluster.until(() -> !next.isSound());
            AbortException failure = cluster.coordinator().failure().orElseThrow();
            assertTrue(
                    failure.getMessage().startsWith("Worker was lost, and another has come in its place: worker=1"),
                    failure.getMessage());
            assertEquals(Kind.LOST, failure.kind());
        }
    }

    @Test
    void aPauseOfTheWholeProcessIsNobodysSilence() {
        try (SimulatedCluster cluster = cluster(3, Faults.NONE, 0)) {
            cluster.begin(SEGMENT);
            for (int step = 1; step < 4; step++) {
                step(cluster, step);
                cluster.pause(Duration.ofMinutes(5));
            }

            advance(cluster, 50);
            assertTrue(cluster.coordinator().failure().isEmpty());
            assertTrue(all(cluster, WorkerAgent::isSound));
        }
    }

    @Test
    void aSilentCoordinatorIsNamedByAllWorkers() {
        try (SimulatedCluster cluster = cluster(2, Faults.NONE, 0)) {
            cluster.begin(SEGMENT);
            cluster.silenceCoordinator();
            cluster.until(() -> cluster.workers().stream().noneMatch(worker -> worker.agent.isSound()));
            String message = assertThrows(
                            RuntimeException.class, cluster.workers().get(0).agent::requireSound)
                    .getMessage();
            assertTrue(message.startsWith("Coordinator is silent: worker=0, coordinator=localhost"), message);
        }
    }

    @Test
    void theFirstCauseWins() {
        try (SimulatedCluster cluster = cluster(2, SOME, 3)) {
            cluster.begin(SEGMENT);
            cluster.coordinator().abort(Kind.DATA, "first");
            cluster.coordinator().abort(Kind.CLUSTER, "second");
            cluster.workers().get(0).agent.abort(Kind.TRAINING, "third");
            cluster.until(() -> cluster.workers().stream().noneMatch(worker -> worker.agent.isSound()));
            for (Worker worker : cluster.workers()) {
                assertEquals(
                        "first",
                        assertThrows(AbortException.class, worker.agent::requireSound)
                                .getMessage());
            }
        }
    }

    @Test
    void aWorkerThatLeavesEarlyEndsTheJob() {
        try (SimulatedCluster cluster = cluster(2, Faults.NONE, 0)) {
            cluster.begin(SEGMENT);
            step(cluster, 1);
            cluster.workers().get(1).agent.session().leave();
            cluster.until(() -> !cluster.workers().get(0).agent.isSound());
            assertEquals(
                    "Worker left in the middle of a segment: worker=1, step=0, last=999",
                    cluster.coordinator().failure().orElseThrow().getMessage());
        }
    }

    @Test
    void aFaultlessRunDropsNothing() {
        try (SimulatedCluster cluster = cluster(3, Faults.NONE, 0)) {
            cluster.begin(SEGMENT);
            for (int step = 1; step < 20; step++) {
                step(cluster, step);
            }

            assertEquals(
                    0,
                    cluster.workers().stream()
                            .mapToLong(worker -> worker.agent.dropped())
                            .sum());
            assertEquals(
                    0,
                    cluster.shards().stream()
                            .mapToLong(shard -> shard.dropped())
                            .sum());
            assertFalse(cluster.shards().isEmpty());
        }
    }

    @Test
    void withoutFaultsNobodyWaitsForARepeat() {
        try (SimulatedCluster cluster = cluster(3, Faults.NONE, 0)) {
            cluster.begin(new Segment(1, 1, 2, 1, 0));
            step(cluster, 1);
            advance(cluster, 10);
            long before = cluster.ticks();
            report(cluster, 1);
            cluster.until(() -> all(cluster, agent -> agent.reports().isEmpty()));
            leave(cluster);
            cluster.begin(new Segment(2, 2, 3, 1, 0));
            long ticks = cluster.ticks() - before;
            assertTrue(ticks < cluster.ticksToARepeat(), () -> "ticks from one segment to the next: " + ticks);
        }
    }

    private static SimulatedCluster cluster(int workers, Faults faults, long seed) {
        return cluster(LAYOUT, workers, faults, seed);
    }

    private static SimulatedCluster cluster(Layout layout, int workers, Faults faults, long seed) {
        ShardRule rule = new ShardRule(weight -> weight, UpdateRule.of(new Sgd(0.1)));
        return new SimulatedCluster(layout, rule, workers, Quadratic.start(layout.valueCount()), faults, seed);
    }

    private static void step(SimulatedCluster cluster, long step) {
        begin(cluster, step);
        push(cluster);
        cluster.until(() -> all(cluster, agent -> agent.traffic().trained().isOver()));
    }

    private static void begin(SimulatedCluster cluster, long step) {
        int workers = cluster.workers().size();
        for (Worker worker : cluster.workers()) {
            int examples =
                    Quadratic.gradient(step, worker.index, workers, 2 * workers, worker.values(), worker.gradient());
            worker.agent.traffic().begin(step, examples);
        }
    }

    private static void push(SimulatedCluster cluster) {
        for (Worker worker : cluster.workers()) {
            for (int parameter = 0; parameter < LAYOUT.parameters().size(); parameter++) {
                worker.agent.traffic().ready(parameter);
            }
        }
    }

    private static void report(SimulatedCluster cluster, long step) {
        cluster.workers()
                .forEach(worker -> worker.agent.reports().add(new WorkerReport(step, 1, 1, 1, WorkerTimes.NONE)));
        cluster.until(() -> cluster.coordinator().reported() == step);
    }

    private static void leave(SimulatedCluster cluster) {
        cluster.workers().forEach(worker -> worker.agent.session().leave());
        cluster.until(() -> all(cluster, agent -> agent.session().isGone()));
    }

    private static void advance(SimulatedCluster cluster, int ticks) {
        for (int tick = 0; tick < ticks; tick++) {
            cluster.tick();
        }
    }

    private static boolean all(SimulatedCluster cluster, Predicate<WorkerAgent> condition) {
        return cluster.workers().stream().map(Worker::agent).allMatch(condition);
    }
}

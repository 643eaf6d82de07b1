package dev.lockstep.params.sim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lockstep.optim.Sgd;
import dev.lockstep.optim.update.UpdateRule;
import dev.lockstep.params.AbortException;
import dev.lockstep.params.AbortException.Kind;
import dev.lockstep.params.Layout;
import dev.lockstep.params.Segment;
import dev.lockstep.params.link.Faults;
import dev.lockstep.params.link.Traffic;
import dev.lockstep.params.shard.ShardRule;
import dev.lockstep.params.sim.SimulatedCluster.Worker;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;

/** Everybody is well, but some do not reach one another. */
class ClosedWaysTest {
    private static final Layout LAYOUT = SimulatedRun.layout(2);
    private static final Segment SEGMENT = new Segment(1, 1, 1_000, 999, 0);
    private static final Duration SILENCE = Duration.ofSeconds(30);

    @Test
    void aWayToAShardThatNeverOpensIsToldToAllWithBothEnds() {
        try (SimulatedCluster cluster = cluster(2)) {
            cluster.join(SEGMENT);
            cluster.until(() -> {
                cluster.host();
                return !cluster.shards().isEmpty();
            });
            cut(cluster, 0, Traffic.VALUES);
            String message = untilLost(cluster);

            assertTrue(message.matches("Links do not connect: from=worker \\d at localhost.*"), message);
            assertTrue(message.contains(cluster.shards().get(0).address().toString()), message);
            assertTrue(message.contains("waitedMs=100"), message);
            assertTrue(message.contains("spark.lockstep.port.first"), message);
            assertTrue(now(cluster) < SILENCE.toMillis() / 2, "said in half the silence");
        }
    }

    @Test
    void aWayToAWorkerThatNeverOpensIsSaidByItsShard() {
        try (SimulatedCluster cluster = cluster(2)) {
            cluster.transport().cut(cluster.inboxOf(1), Traffic.VALUES);
            cluster.join(SEGMENT);
            String message = untilLost(cluster);

            assertTrue(message.startsWith("Links do not connect: from=shard "), message);
            assertTrue(message.contains(cluster.inboxOf(1).toString()), message);
        }
    }

    @Test
    void aWorkerThatTheCoordinatorDoesNotReachIsNamedWhileOthersAreStillToCome() {
        try (SimulatedCluster cluster = cluster(3)) {
            cluster.silence(2);
            cluster.transport().cut(cluster.inboxOf(1), Traffic.MESSAGES);
            cluster.join(SEGMENT);
            cluster.until(() -> cluster.coordinator().failure().isPresent());
            String message = cluster.coordinator().failure().orElseThrow().getMessage();

            assertTrue(message.startsWith("Links do not connect: from=coordinator at "), message);
            assertTrue(message.contains(cluster.inboxOf(1).toString()), message);
        }
    }

    @Test
    void aWorkerThatDoesNotReachTheCoordinatorSaysSoItself() {
        try (SimulatedCluster cluster = cluster(2)) {
            cluster.transport().cut(cluster.coordinator().address(), Traffic.MESSAGES);
            cluster.join(SEGMENT);
            Worker worker = cluster.workers().get(1);
            cluster.until(() -> !worker.agent().isSound());
            AbortException failure = assertThrows(AbortException.class, worker.agent()::requireSound);

            assertTrue(
                    failure.getMessage().startsWith("Links do not connect: from=worker 1 at "), failure.getMessage());
            assertTrue(
                    failure.getMessage()
                            .contains(cluster.coordinator().address().toString()),
                    failure.getMessage());
            assertEquals(Kind.LOST, failure.kind());
        }
    }

    @Test
    void aWayThatIsClosedForAWhileCostsThatWhile() {
        try (SimulatedCluster cluster = cluster(2)) {
            cluster.begin(SEGMENT);
            cut(cluster, 0, Traffic.VALUES);
            pass(cluster, SILENCE.minusSeconds(5));
            cluster.transport().mend();
            pass(cluster, SILENCE);

            assertTrue(cluster.coordinator().failure().isEmpty());
        }
    }

    @Test
    void aWayThatClosesForGoodIsNoticedInTheTimeOfASilence() {
        try (SimulatedCluster cluster = cluster(2)) {
            cluster.begin(SEGMENT);
            cut(cluster, 0, Traffic.VALUES);
            pass(cluster, SILENCE.minusSeconds(1));
            assertTrue(cluster.coordinator().failure().isEmpty());
            String message = untilLost(cluster);

            assertTrue(message.startsWith("Links do not connect: from=worker "), message);
            assertTrue(now(cluster) < SILENCE.plusSeconds(5).toMillis(), message);
        }
    }

    /** Whoever looks into a log in the meantime finds which way it is. */
    @Test
    void aWayThatClosesIsInTheLogWithinSecondsAndOnce() {
        List<String> said = new ArrayList<>();
        Handler handler = new Handler() {
            @Override
            public void publish(LogRecord line) {
                said.add(line.getMessage());
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        };
        Logger log = Logger.getLogger("dev.lockstep.params.member.LinkWatch");
        log.addHandler(handler);
        try (SimulatedCluster cluster = cluster(2)) {
            cluster.begin(SEGMENT);
            cut(cluster, 0, Traffic.VALUES);
            pass(cluster, Duration.ofSeconds(8));
            String shard = cluster.shards().get(0).address().toString();
            List<String> ofWorker =
                    said.stream().filter(line -> line.contains("from=worker 0")).toList();
            assertEquals(1, ofWorker.size(), said::toString);
            assertTrue(ofWorker.get(0).startsWith("A link is down, and given up if it stays so: from=worker 0 at "));
            assertTrue(ofWorker.get(0).contains(shard), ofWorker::toString);
            assertTrue(ofWorker.get(0).endsWith("givenUpAfterMs=30000"), ofWorker::toString);
            pass(cluster, Duration.ofSeconds(10));
            assertEquals(
                    ofWorker.size(),
                    said.stream().filter(ofWorker.get(0)::equals).count());
        } finally {
            log.removeHandler(handler);
        }
    }

    @Test
    void aWayThatWasClosedBetweenTwoSegmentsIsNotHeldAgainstAnybody() {
        try (SimulatedCluster cluster = cluster(2)) {
            cluster.begin(new Segment(1, 1, 1, 1, 0));
            cluster.workers().forEach(worker -> worker.agent().session().leave());
            cluster.until(() -> cluster.workers().stream()
                    .allMatch(worker -> worker.agent().session().isGone()));
            cut(cluster, 0, Traffic.MESSAGES);
            pass(cluster, SILENCE.multipliedBy(2));
            cluster.transport().mend();
            cluster.begin(new Segment(2, 1, 1_000, 999, 0));
            pass(cluster, SILENCE);

            assertTrue(cluster.coordinator().failure().isEmpty());
        }
    }

    @Test
    void aWorkerThatFallsSilentIsLostAlsoWhileOthersAreStillToCome() {
        try (SimulatedCluster cluster = cluster(3)) {
            cluster.silence(2);
            cluster.join(SEGMENT);
            pass(cluster, Duration.ofSeconds(1));
            cluster.silence(1);
            String message = untilLost(cluster);

            assertTrue(message.startsWith("Member is lost: member=worker 1 at "), message);
        }
    }

    /** The others wait longer than for a silent coordinator, and hear from it all the time. */
    @Test
    void whoeverIsReadyHearsFromTheCoordinatorUntilAllAre() {
        try (SimulatedCluster cluster = cluster(2)) {
            cluster.join(SEGMENT);
            cluster.until(() -> {
                cluster.host();
                return cluster.shards().size() == LAYOUT.shards();
            });
            cluster.silence(1);
            String message = untilLost(cluster);

            assertTrue(message.startsWith("Member is lost: member=worker 1 at "), message);
            assertEquals(
                    message,
                    assertThrows(AbortException.class, cluster.workers().get(0).agent()::requireSound)
                            .getMessage());
        }
    }

    private static void cut(SimulatedCluster cluster, int shard, Traffic traffic) {
        cluster.transport().cut(cluster.shards().get(shard).address(), traffic);
    }

    /** Until the first worker has heard why the job is given up for a loss. */
    private static String untilLost(SimulatedCluster cluster) {
        cluster.until(() -> {
            cluster.host();
            return !cluster.workers().get(0).agent().isSound();
        });
        AbortException failure = cluster.coordinator().failure().orElseThrow();
        assertEquals(Kind.LOST, failure.kind());
        return failure.getMessage();
    }

    private static long now(SimulatedCluster cluster) {
        return cluster.ticks() / SimulatedCluster.TICKS_PER_MS;
    }

    private static void pass(SimulatedCluster cluster, Duration duration) {
        long from = now(cluster);
        while (now(cluster) - from < duration.toMillis()) {
            cluster.tick();
        }
    }

    private static SimulatedCluster cluster(int workers) {
        ShardRule rule = new ShardRule(weight -> weight, UpdateRule.of(new Sgd(0.1)));
        return new SimulatedCluster(LAYOUT, rule, workers, Quadratic.start(LAYOUT.valueCount()), Faults.NONE, 0);
    }
}

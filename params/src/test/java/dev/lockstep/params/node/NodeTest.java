package dev.lockstep.params.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lockstep.params.AbortException;
import dev.lockstep.params.WorkerReport;
import dev.lockstep.params.client.WorkerClient;
import dev.lockstep.params.link.Clock;
import dev.lockstep.params.link.MemoryTransport;
import dev.lockstep.params.member.ClusterSettings;
import dev.lockstep.params.member.Coordinator;
import dev.lockstep.params.member.StepReport;
import dev.lockstep.params.plane.HostSeat;
import dev.lockstep.params.shard.RangeContents;
import dev.lockstep.params.shard.ShardRule;
import dev.lockstep.params.shard.ShardSource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class NodeTest {
    private static final Duration GANG = Duration.ofSeconds(20);
    private static final Duration SILENCE = Duration.ofSeconds(20);

    private final StartedThreads started = new StartedThreads();
    private final Node node = Node.open(new MemoryTransport(Clock.SYSTEM));
    private final List<StepReport> reports = Collections.synchronizedList(new ArrayList<>());

    @AfterEach
    void close() {
        node.close();
        assertEquals(Set.of(), started.alive());
    }

    @Test
    void workersOfOneProcessTrainThroughSegments() {
        long[] first = train(3, 2);
        assertEquals(first[0], first[1]);
        assertEquals(first[0], first[2]);
        assertEquals(2 * Trainee.STEPS, reports.size());
        assertEquals(
                IntStream.rangeClosed(1, 10).boxed().toList(),
                reports.stream().map(r -> (int) r.step()).toList());
        assertEquals(0 + 1 + 2 + 3 * 4.0, reports.get(3).lossSum());
        assertEquals(
                1,
                reports.get(3).workers().stream()
                        .mapToDouble(WorkerReport::gradientNorm)
                        .distinct()
                        .count());
        double norm = Trainee.firstNorm(3);
        assertEquals(norm, reports.get(0).gradientNorm(), 1e-6 * norm);
    }

    @Test
    void moreWorkersThanCoresSleepByTurns() {
        int workers = 2 * Runtime.getRuntime().availableProcessors() + 1;
        long[] digests = train(workers, 2);
        assertEquals(1, Arrays.stream(digests).distinct().count());
        assertEquals(2 * Trainee.STEPS, reports.size());
    }

    @Test
    void aRunThatIsResumedFromPulledStateEndsWithTheSameBits() {
        long straight = train(1, 2)[0];
        List<RangeContents> state = new ArrayList<>();
        ShardSource restored = (shard, step) -> {
            assertEquals(Trainee.STEPS, step);
            shard.ranges().forEach(range -> shard.load(state.get(range.index())));
        };
        state.addAll(alone(1, 1, Trainee::fill).state());
        Alone resumed = alone(2, 2, restored);
        assertEquals(straight, resumed.digest());
        assertEquals(2 * Trainee.STEPS, resumed.state().get(0).step());
    }

    @Test
    void aShardWhoseStateIsOfAnotherStepIsLost() {
        ShardSource wrong = (shard, step) -> Trainee.fill(shard, 0);
        AbortException failure = assertThrows(AbortException.class, () -> alone(3, 2, wrong));
        assertEquals(AbortException.Kind.LOST, failure.kind());
        assertTrue(
                failure.getMessage()
                        .startsWith("Shard was filled with the state of another step: shard=0, step=0, expected=5"),
                failure.getMessage());
    }

    private record Alone(long digest, List<RangeContents> state) {}

    /** One worker through one segment, by a job of its own. */
    private Alone alone(int job, int segment, ShardSource source) {
        ClusterSettings settings = new ClusterSettings(job, 1, GANG, SILENCE, GANG, Duration.ofMillis(500));
        Trainee trainee = new Trainee(0);
        try (Coordinator coordinator = node.coordinate(settings, Trainee.layout(), reports::add)) {
            coordinator.begin(Trainee.segment(segment));
            Membership place = new Membership(settings, coordinator.address(), 0, Trainee.layout(), Trainee.rule());
            try (HostSeat seat = node.seat(place);
                    WorkerClient client = node.join(place, trainee.memory(seat), source)) {
                client.pull();
                for (long step = client.segment().from();
                        step < client.segment().to();
                        step++) {
                    trainee.step(client, seat, step);
                }

                return new Alone(trainee.digest(), Trainee.state(client));
            }
        }
    }

    private long[] train(int workers, int segments) {
        ClusterSettings settings = Trainee.settings(workers, GANG, SILENCE);
        List<Trainee> trainees =
                IntStream.range(0, workers).mapToObj(Trainee::new).toList();
        try (Coordinator coordinator = node.coordinate(settings, Trainee.layout(), reports::add)) {
            for (int segment = 1; segment <= segments; segment++) {
                coordinator.begin(Trainee.segment(segment));
                CompletableFuture.allOf(trainees.stream()
                                .map(trainee -> CompletableFuture.runAsync(
                                        () -> trainee.run(node, settings, coordinator.address()), NodeTest::start))
                                .toArray(CompletableFuture[]::new))
                        .join();
            }

            coordinator.flush();
            assertEquals((long) segments * Trainee.STEPS, coordinator.reported());
            assertTrue(coordinator.failure().isEmpty());
        }

        return trainees.stream().mapToLong(Trainee::digest).toArray();
    }

    private static void start(Runnable task) {
        new Thread(task, "worker").start();
    }

    @Test
    void aListenerThatIsHeldUpKeepsNobodyFromTraining() throws InterruptedException {
        ClusterSettings settings = Trainee.settings(1, GANG, SILENCE);
        CountDownLatch disk = new CountDownLatch(1);
        CountDownLatch trained = new CountDownLatch(1);
        List<Long> told = new CopyOnWriteArrayList<>();
        Trainee trainee = new Trainee(0);
        try (Coordinator coordinator = node.coordinate(settings, Trainee.layout(), report -> {
            await(disk);
            told.add(report.step());
        })) {
            coordinator.begin(Trainee.segment(1));
            start(() -> {
                trainee.run(node, settings, coordinator.address());
                trained.countDown();
            });
            assertTrue(trained.await(60, TimeUnit.SECONDS), () -> "failure: " + coordinator.failure());
            assertEquals(List.of(), told);
            disk.countDown();
            coordinator.flush();
            assertEquals(List.of(1L, 2L, 3L, 4L, 5L), told);
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void whatTheListenerThrowsEndsTheJobWithItsCause() {
        ClusterSettings settings = Trainee.settings(1, GANG, SILENCE);
        try (Coordinator coordinator = node.coordinate(settings, Trainee.layout(), report -> {
            throw new IllegalStateException("disk is full");
        })) {
            coordinator.begin(Trainee.segment(1));
            Trainee trainee = new Trainee(0);
            AbortException failure =
                    assertThrows(AbortException.class, () -> trainee.run(node, settings, coordinator.address()));
            assertEquals(
                    "Coordinator cannot go on: cause=java.lang.IllegalStateException: disk is full",
                    failure.getMessage());
            assertEquals(
                    "disk is full",
                    assertThrows(IllegalStateException.class, coordinator::flush)
                            .getMessage());
        }
    }

    @Test
    void aWorkerWhoseThreadIsInterruptedStopsWaitingAndEndsNobodysJob() throws InterruptedException {
        ClusterSettings settings = Trainee.settings(2, GANG, SILENCE);
        try (Coordinator coordinator = node.coordinate(settings, Trainee.layout(), reports::add)) {
            coordinator.begin(Trainee.segment(1));
            List<RuntimeException> thrown = new CopyOnWriteArrayList<>();
            Thread killed = new Thread(() -> {
                try {
                    new Trainee(1).run(node, settings, coordinator.address());
                } catch (RuntimeException e) {
                    thrown.add(e);
                }
            });
            killed.start();
            killed.interrupt();
            killed.join(10_000);
            assertFalse(killed.isAlive());
            String message = thrown.get(0).getMessage();
            assertTrue(message.startsWith("Worker was interrupted: worker=1, while=Join is not answered"), message);
            assertTrue(coordinator.failure().isEmpty());
        }
    }

    @Test
    void anErrorInAShardEndsTheJobWithItsCause() {
        ClusterSettings settings = Trainee.settings(1, GANG, SILENCE);
        ShardRule broken = new ShardRule(
                weight -> {
                    throw new StackOverflowError("too deep");
                },
                Trainee.rule().update());
        try (Coordinator coordinator = node.coordinate(settings, Trainee.layout(), reports::add)) {
            coordinator.begin(Trainee.segment(1));
            Trainee trainee = new Trainee(0);
            Membership place = new Membership(settings, coordinator.address(), 0, Trainee.layout(), broken);
            AbortException failure = assertThrows(AbortException.class, () -> {
                try (HostSeat seat = node.seat(place);
                        WorkerClient client = node.join(place, trainee.memory(seat), Trainee::fill)) {
                    client.pull();
                    trainee.step(client, seat, 1);
                }
            });
            assertTrue(
                    failure.getMessage().contains("step=0, cause=java.lang.StackOverflowError: too deep"),
                    failure.getMessage());
            assertTrue(failure.getCause() instanceof AbortException);
        }
    }

    @Test
    void tooFewWorkersAreNamed() {
        ClusterSettings settings = Trainee.settings(2, Duration.ofSeconds(2), SILENCE);
        Trainee lonely = new Trainee(1);
        try (Coordinator coordinator = node.coordinate(settings, Trainee.layout(), reports::add)) {
            coordinator.begin(Trainee.segment(1));
            AbortException failure =
                    assertThrows(AbortException.class, () -> lonely.run(node, settings, coordinator.address()));
            assertTrue(failure.getMessage().contains("wanted=2, joined=1, missing=[0]"), failure.getMessage());
            assertEquals(AbortException.Kind.LOST, failure.kind());
            assertEquals(
                    failure.getMessage(), coordinator.failure().orElseThrow().getMessage());
        }
    }

    @Test
    void aWorkerThatFailsEndsTheJobForAll() {
        ClusterSettings settings = Trainee.settings(2, GANG, SILENCE);
        try (Coordinator coordinator = node.coordinate(settings, Trainee.layout(), reports::add)) {
            coordinator.begin(Trainee.segment(1));
            CompletableFuture<Void> good = CompletableFuture.runAsync(
                    () -> new Trainee(0).run(node, settings, coordinator.address()), NodeTest::start);
            Trainee bad = new Trainee(1);
            Membership place = new Membership(settings, coordinator.address(), 1, Trainee.layout(), Trainee.rule());
            try (HostSeat seat = node.seat(place);
                    var client = node.join(place, bad.memory(seat), Trainee::fill)) {
                client.abort(AbortException.Kind.DATA, "Row 7 has no label");
            } catch (AbortException e) {
                // The abort may come back before the worker has left.
                assertEquals("Row 7 has no label", e.getMessage());
            }

            AbortException failure = (AbortException)
                    assertThrows(CompletionException.class, good::join).getCause();
            assertEquals("Row 7 has no label", failure.getMessage());
            assertEquals(AbortException.Kind.DATA, failure.kind());
        }
    }
}

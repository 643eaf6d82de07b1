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
import dev.lockstep.params.link.Address;
import dev.lockstep.params.link.Faults;
import dev.lockstep.params.link.Traffic;
import dev.lockstep.params.member.Endpoint;
import dev.lockstep.params.plane.HostPlace;
import dev.lockstep.params.shard.ShardRule;
import dev.lockstep.params.shard.ShardServer;
import dev.lockstep.params.sim.SimulatedCluster.Worker;
import dev.lockstep.params.wire.Abort;
import dev.lockstep.params.wire.End;
import dev.lockstep.params.wire.FrameType;
import dev.lockstep.params.wire.Hosted;
import dev.lockstep.params.wire.Member;
import dev.lockstep.params.wire.Message;
import dev.lockstep.params.wire.Role;
import dev.lockstep.params.wire.Start;
import dev.lockstep.params.wire.Transfer;
import dev.lockstep.params.wire.WordBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Frames that no honest member could have sent, at a training that goes on as if they had not come. */
class StrangerFramesTest {
    private static final HostPlace NOWHERE = new HostPlace(HostPlace.NONE, HostPlace.NONE);
    private static final Layout LAYOUT = SimulatedRun.layout(2);
    private static final Segment FIRST = new Segment(1, 1, 4, 3, 0);
    private static final Segment SECOND = new Segment(2, 4, 7, 3, 0);

    @Test
    void anAbortOfAnotherGenerationIsNoMembers() {
        assertUnmoved((cluster, stranger) -> send(cluster, stranger, new Abort(Kind.DATA, "stop it")));
    }

    @Test
    void anEndOfAnotherGenerationEndsNoShard() {
        assertUnmoved((cluster, stranger) -> send(cluster, stranger, new End()));
    }

    @Test
    void aPushForALaterStepTakesNoRoom() {
        assertUnmovedWithin((cluster, stranger) ->
                LAYOUT.ranges().forEach(range -> push(cluster, stranger, range, range.trained() ? 3 : Long.MAX_VALUE)));
    }

    @Test
    void aSumOfALaterStepOrOfAnImpossibleLengthTakesNoRoom() {
        assertUnmovedWithin((cluster, stranger) -> {
            for (long words : new long[] {1, 3, 1L << 40, -2, 1 << 23}) {
                Transfer add = new Transfer(FrameType.ALL_REDUCE, 1, 9, WordBuffer.of(new double[1]));
                shards(cluster, stranger, add.begin(3, words, 0));
            }
        });
    }

    @Test
    void aShardOfNoWorkersProcessIsNotTakenIn() {
        assertUnmovedWithin((cluster, stranger) -> {
            Address elsewhere = new Address(UUID.randomUUID(), "localhost", 1, "", 1);
            stranger.to(cluster.coordinator().address(), Traffic.MESSAGES)
                    .add(new Hosted(0, 0, LAYOUT.fingerprint(), HostPlace.NONE, elsewhere));
        });
    }

    @Test
    void aMemberWhomTheJobCannotHaveIsPassedOver() {
        try (SimulatedCluster cluster = cluster()) {
            cluster.begin(FIRST);
            Endpoint stranger = cluster.stranger(/* generation */ 2);
            for (Role role : Role.values()) {
                for (int index : new int[] {-1, 2, Integer.MAX_VALUE}) {
                    send(cluster, stranger, new Member(role, index, NOWHERE, stranger.address()));
                }
            }

            send(cluster, stranger, new Start(0, 0, SECOND));
            flush(cluster, stranger);
            train(cluster, FIRST);
            cluster.begin(SECOND);
            train(cluster, SECOND);
            assertTrue(cluster.coordinator().failure().isEmpty());
        }
    }

    @Test
    void whoMeansAnotherNetworkIsRefusedAndTheOthersTrain() {
        try (SimulatedCluster cluster = cluster()) {
            cluster.begin(FIRST);
            WorkerAgent other = cluster.copy(/* worker */ 0, SimulatedRun.layout(3));
            cluster.until(() -> !other.isSound());
            String message =
                    assertThrows(AbortException.class, other::requireSound).getMessage();
            assertTrue(message.startsWith("Member means another network: worker=0, fingerprint="), message);
            train(cluster, FIRST);
            assertTrue(cluster.coordinator().failure().isEmpty());
        }
    }

    @Test
    void aCopyOfAWorkerThatLivesChangesNothing() {
        try (SimulatedCluster cluster = cluster()) {
            cluster.begin(FIRST);
            WorkerAgent copy = cluster.copy(/* worker */ 1, LAYOUT);
            train(cluster, FIRST);
            assertFalse(copy.session().takesPart());
            assertTrue(cluster.coordinator().failure().isEmpty());
        }
    }

    @Test
    void aCopyOfAWorkerThatIsSilentMeansThatItIsLost() {
        try (SimulatedCluster cluster = cluster()) {
            cluster.begin(FIRST);
            cluster.silence(1);
            cluster.copy(/* worker */ 1, LAYOUT);
            cluster.until(() -> cluster.coordinator().failure().isPresent());
            AbortException failure = cluster.coordinator().failure().orElseThrow();
            assertTrue(
                    failure.getMessage().startsWith("Worker was lost, and another has come in its place: worker=1"),
                    failure.getMessage());
            assertEquals(Kind.LOST, failure.kind());
        }
    }

    @Test
    void shardsOfASegmentThatDoesNotStartAreLetGo() {
        try (SimulatedCluster cluster = cluster()) {
            cluster.begin(FIRST);
            train(cluster, FIRST);
            cluster.silence(1);
            cluster.join(SECOND);
            cluster.until(() -> cluster.coordinator().failure().isPresent());
            String message = cluster.coordinator().failure().orElseThrow().getMessage();
            assertTrue(message.contains("wanted=2, joined=1, missing=[1]"), message);
            assertTrue(cluster.shards().stream().noneMatch(ShardServer::isOver));
            cluster.coordinator().close();
            cluster.transport().deliver();
            cluster.shards().forEach(ShardServer::doWork);
            assertTrue(cluster.shards().stream().allMatch(ShardServer::isOver));
        }
    }

    private interface Attack {
        void on(SimulatedCluster cluster, Endpoint stranger);
    }

    /** From somebody who knows the job's number, but not its generation. */
    private static void assertUnmoved(Attack attack) {
        assertUnmoved(attack, /* generation */ 0);
    }

    /** From somebody who knows the generation, too. */
    private static void assertUnmovedWithin(Attack attack) {
        assertUnmoved(attack, /* generation */ 1);
    }

    private static void assertUnmoved(Attack attack, int generation) {
        float[][] values = new float[2][];
        for (int attacked = 0; attacked < 2; attacked++) {
            try (SimulatedCluster cluster = cluster()) {
                cluster.begin(FIRST);
                if (attacked == 1) {
                    Endpoint stranger = cluster.stranger(generation);
                    attack.on(cluster, stranger);
                    flush(cluster, stranger);
                }

                train(cluster, FIRST);
                assertTrue(cluster.coordinator().failure().isEmpty());
                assertTrue(cluster.shards().stream().noneMatch(ShardServer::isOver));
                values[attacked] = copy(cluster.workers().get(0));
            }
        }

        assertTrue(Arrays.equals(values[0], values[1]), "the values must be those of the training without strangers");
    }

    private static void send(SimulatedCluster cluster, Endpoint stranger, Message message) {
        stranger.to(cluster.coordinator().address(), Traffic.MESSAGES).add(message);
        cluster.shards()
                .forEach(shard -> stranger.to(shard.address(), Traffic.MESSAGES).add(message));
    }

    private static void push(SimulatedCluster cluster, Endpoint stranger, Range range, long step) {
        WordBuffer words = WordBuffer.of(new float[] {Float.NaN});
        shards(cluster, stranger, new Transfer(FrameType.PUSH, 1, range.index(), words).begin(step, 1.0, 0));
    }

    private static void shards(SimulatedCluster cluster, Endpoint stranger, Transfer transfer) {
        cluster.shards().forEach(shard -> {
            stranger.to(shard.address(), Traffic.MESSAGES).add(transfer);
            flush(cluster, stranger);
            transfer.begin(3, 2L, 0);
        });
    }

    private static void flush(SimulatedCluster cluster, Endpoint stranger) {
        while (!stranger.isIdle()) {
            stranger.flush();
            cluster.tick();
        }
    }

    private static void train(SimulatedCluster cluster, Segment segment) {
        List<Worker> workers = cluster.workers();
        for (long step = segment.from(); step < segment.to(); step++) {
            long now = step;
            workers.forEach(worker -> worker.agent.traffic().allReduce().begin(now, new double[] {worker.index, 1}));
            cluster.until(() -> workers.stream()
                    .allMatch(worker -> worker.agent.traffic().allReduce().isOver()));
            for (Worker worker : workers) {
                int examples =
                        Quadratic.gradient(step, worker.index, workers.size(), 4, worker.values(), worker.gradient());
                worker.agent.traffic().begin(step, examples);
                for (int parameter = 0; parameter < LAYOUT.parameters().size(); parameter++) {
                    worker.agent.traffic().ready(parameter);
                }
            }

            cluster.until(() -> workers.stream()
                    .allMatch(worker -> worker.agent.traffic().trained().isOver()));
            workers.forEach(worker -> worker.agent.reports().add(new WorkerReport(now, 1, 1, 1, WorkerTimes.NONE)));
        }

        workers.forEach(worker -> worker.agent.traffic().average(segment.to() - 1, /* counts */ true));
        cluster.until(() -> workers.stream()
                .allMatch(worker -> worker.agent.traffic().buffers().isOver()));
        cluster.until(
                () -> workers.stream().allMatch(worker -> worker.agent.reports().isEmpty()));
        workers.forEach(worker -> worker.agent.session().leave());
        cluster.until(
                () -> workers.stream().allMatch(worker -> worker.agent.session().isGone()));
    }

    private static float[] copy(Worker worker) {
        float[] values = new float[worker.values().capacity()];
        worker.values().duplicate().rewind().get(values);
        return values;
    }

    private static SimulatedCluster cluster() {
        ShardRule rule = new ShardRule(weight -> weight, UpdateRule.of(new Sgd(0.1)));
        return new SimulatedCluster(LAYOUT, rule, 2, Quadratic.start(LAYOUT.valueCount()), Faults.NONE, 0);
    }
}

package dev.lockstep.params.sim;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lockstep.optim.Adam;
import dev.lockstep.optim.Sgd;
import dev.lockstep.optim.schedule.NoSchedule;
import dev.lockstep.optim.update.ClipNorm;
import dev.lockstep.optim.update.NonFinite;
import dev.lockstep.optim.update.ParamGroup;
import dev.lockstep.optim.update.Regularization;
import dev.lockstep.optim.update.UpdateRule;
import dev.lockstep.params.link.Faults;
import dev.lockstep.params.shard.ShardRule;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Faults, the number of shards and the order of arrival change nothing, bit for bit. */
class SimulatedClusterTest {
    private static final int SEEDS = 200;
    private static final int BATCH = 7;
    private static final Faults SOME = new Faults(0.03, 0.05, 0.05, 0.05, 3_000_000);

    private static final ShardRule ADAM = new ShardRule(weight -> weight, UpdateRule.of(new Adam()));
    private static final ShardRule CLIPPED = new ShardRule(
            weight -> weight,
            new UpdateRule(
                    List.of(new ParamGroup("*.bias", new Sgd(0.1)), new ParamGroup("*", new Adam())),
                    Regularization.NONE,
                    new ClipNorm(0.5),
                    new NoSchedule(),
                    NonFinite.SKIP));

    static Stream<ShardRule> rules() {
        return Stream.of(ADAM, CLIPPED);
    }

    @ParameterizedTest
    @MethodSource("rules")
    void faultsChangeNothing(ShardRule rule) {
        SimulatedRun.Result expected = run(rule, 3, 3, Faults.NONE, 0);
        long[] occurred = new long[4];
        for (int seed = 0; seed < SEEDS; seed++) {
            SimulatedRun.Result actual = run(rule, 1 + seed % 3, 3, SOME, seed);
            assertSame(expected, actual, "seed=" + seed);
            occurred[0] += actual.faults().dropped();
            occurred[1] += actual.faults().duplicated();
            occurred[2] += actual.faults().delayed();
            occurred[3] += actual.faults().reordered();
        }

        for (long count : occurred) {
            assertTrue(count > SEEDS * 20L, () -> "faults must have occurred: " + Arrays.toString(occurred));
        }
    }

    /** Some gradients lie in a host's memory, and its leader speaks for it. */
    @ParameterizedTest
    @MethodSource("rules")
    void faultsChangeNothingWhereWorkersShareMemory(ShardRule rule) {
        int[] hosts = {0, 1, 0, 1, 1};
        SimulatedRun.Result expected = run(rule, 3, hosts, Faults.NONE, 0);
        long dropped = 0;
        for (int seed = 0; seed < SEEDS; seed++) {
            SimulatedRun.Result actual = run(rule, 1 + seed % 3, hosts, SOME, seed);
            assertSame(expected, actual, "seed=" + seed);
            dropped += actual.faults().dropped();
        }

        assertTrue(dropped > SEEDS * 10L, "faults must have occurred: dropped=" + dropped);
    }

    /** The sum of all workers on one host is the sum of all workers each on its own. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 8})
    void sharingMemoryChangesNothing(int workers) {
        for (ShardRule rule : List.of(ADAM, CLIPPED)) {
            SimulatedRun.Result apart = run(rule, 2, workers, Faults.NONE, 0);
            assertSame(apart, run(rule, 2, new int[workers], Faults.NONE, 0), "workers=" + workers);
        }
    }

    @Test
    void hostsAreAddedInTheOrderOfTheirLowestWorkers() {
        int[] hosts = {0, 1, 1, 0};
        SimulatedRun.Result one = run(ADAM, 2, hosts, Faults.NONE, 0);
        SimulatedRun.Result renamed = run(ADAM, 3, new int[] {1, 0, 0, 1}, Faults.NONE, 0);
        assertSame(one, renamed, "names of hosts");
        assertArrayEquals(run(ADAM, 2, 4, Faults.NONE, 0).values(), one.values(), 1e-5f);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 5, 8})
    void theNumberOfShardsChangesNothing(int shards) {
        for (ShardRule rule : List.of(ADAM, CLIPPED)) {
            assertSame(run(rule, 1, 2, Faults.NONE, 0), run(rule, shards, 2, Faults.NONE, 0), "shards=" + shards);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3, 8, 12})
    void theNumberOfWorkersChangesRoundingOnly(int workers) {
        SimulatedRun.Result one = run(ADAM, 2, 1, Faults.NONE, 0);
        SimulatedRun.Result many = run(ADAM, 2, workers, Faults.NONE, 0);
        assertArrayEquals(one.values(), many.values(), 1e-5f);
    }

    @Test
    void buffersAreTheMeanOverWorkersThatHadExamples() {
        SimulatedRun.Result result = run(ADAM, 2, 12, Faults.NONE, 0);
        for (int i = 0; i < result.buffers().length; i++) {
            assertEquals(i + 12 * 0.25f + 3, result.buffers()[i], 1e-5f);
        }
    }

    private static SimulatedRun.Result run(ShardRule rule, int shards, int workers, Faults faults, long seed) {
        return run(rule, shards, IntStream.range(0, workers).toArray(), faults, seed);
    }

    private static SimulatedRun.Result run(ShardRule rule, int shards, int[] hosts, Faults faults, long seed) {
        return new SimulatedRun(SimulatedRun.layout(shards), rule, hosts, BATCH, faults, seed).run();
    }

    private static void assertSame(SimulatedRun.Result expected, SimulatedRun.Result actual, String message) {
        assertArrayEquals(expected.values(), actual.values(), message);
        assertArrayEquals(expected.buffers(), actual.buffers(), message);
        assertEquals(expected.losses(), actual.losses(), message);
        assertEquals(expected.squares(), actual.squares(), message);
    }
}

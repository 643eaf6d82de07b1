package dev.lockstep.params.sim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lockstep.optim.Sgd;
import dev.lockstep.optim.update.UpdateRule;
import dev.lockstep.params.Layout;
import dev.lockstep.params.Parameter;
import dev.lockstep.params.Segment;
import dev.lockstep.params.link.Faults;
import dev.lockstep.params.shard.ShardRule;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What workers that share memory send: by arithmetic, and counted. */
class HostTrafficTest {
    private static final Layout LAYOUT =
            Layout.of(List.of(new Parameter("w", List.of(1_000, 400))), List.of(), /* shards */ 2, 1 << 15);
    private static final long BYTES = 4L * 400_000;
    /** The simulated links carry 660 bytes of values under 40 of head. */
    private static final double WITH_HEADS = 700 / 660.0;

    private static final int STEPS = 4;

    /** Each host's half there and back, once. */
    @Test
    void twoHostsOfTwoWorkersSendTheParametersTwice() {
        assertEquals(2 * BYTES * WITH_HEADS, bytesOfAStep(0, 1, 0, 1), 0.01 * BYTES);
    }

    @Test
    void moreWorkersOnAHostSendNoMore() {
        assertEquals(2 * BYTES * WITH_HEADS, bytesOfAStep(0, 1, 0, 1, 0, 1, 0, 1), 0.01 * BYTES);
    }

    @Test
    void aHostAloneSendsNoValues() {
        double bytes = bytesOfAStep(0, 0, 0, 0);
        assertTrue(bytes < 0.01 * BYTES, "bytes of a step: " + bytes);
    }

    private static double bytesOfAStep(int... hosts) {
        ShardRule rule = new ShardRule(weight -> weight, UpdateRule.of(new Sgd(0.1)));
        float[] start = new float[LAYOUT.valueCount()];
        try (SimulatedCluster cluster = new SimulatedCluster(LAYOUT, rule, hosts, start, Faults.NONE, 0)) {
            cluster.begin(new Segment(1, 1, 1 + STEPS, STEPS, 0));
            long before = cluster.transport().counts().bytes();
            for (long step = 1; step <= STEPS; step++) {
                for (SimulatedCluster.Worker worker : cluster.workers()) {
                    worker.gradient().put(7, step * worker.index);
                    worker.agent().traffic().begin(step, 1);
                    worker.agent().traffic().ready(0);
                }

                cluster.until(() -> cluster.workers().stream()
                        .allMatch(worker -> worker.agent().traffic().trained().isOver()));
            }

            return (cluster.transport().counts().bytes() - before) / (double) STEPS;
        }
    }
}

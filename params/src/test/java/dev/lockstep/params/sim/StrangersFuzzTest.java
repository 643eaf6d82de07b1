package dev.lockstep.params.sim;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.lockstep.optim.Adam;
import dev.lockstep.optim.update.UpdateRule;
import dev.lockstep.params.link.Faults;
import dev.lockstep.params.link.Security;
import dev.lockstep.params.secure.GuardedTransport;
import dev.lockstep.params.secure.JobKey;
import dev.lockstep.params.secure.Keyring;
import dev.lockstep.params.secure.Refusals.Reason;
import dev.lockstep.params.shard.ShardRule;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;

/** A million frames of somebody without a key, in the midst of a training that does not notice. */
class StrangersFuzzTest {
    private static final int TRIES = 20;
    private static final int FRAMES = 50_000;
    private static final int EACH_POLL = 40;

    @Property(tries = TRIES, shrinking = ShrinkingMode.OFF)
    void aMillionFramesWithoutAKeyChangeNothing(@ForAll long seed) {
        Security security = (seed & 1) == 0 ? Security.ENCRYPT : Security.AUTHENTICATE;
        Keyring keyring = new Keyring(security);
        keyring.admit(SimulatedCluster.JOB, JobKey.random());
        Sender stranger = new Sender(new Random(seed));
        GuardedTransport[] network = new GuardedTransport[1];
        SimulatedRun run = run();
        SimulatedRun.Result attacked = run.run(memory -> {
            network[0] = new GuardedTransport(memory, keyring, stranger);
            return network[0];
        });

        assertEquals(FRAMES, stranger.sent);
        assertEquals(0, network[0].admitted());
        assertEquals(
                FRAMES,
                keyring.refusals().count(Reason.FOREIGN) + keyring.refusals().count(Reason.REPLAYED));
        assertFalse(network[0].remembersMoreThanItsLinks());
        SimulatedRun.Result alone = run.run();
        assertArrayEquals(alone.values(), attacked.values());
        assertArrayEquals(alone.buffers(), attacked.buffers());
        assertEquals(alone.losses(), attacked.losses());
    }

    private static SimulatedRun run() {
        ShardRule rule = new ShardRule(weight -> weight, UpdateRule.of(new Adam()));
        return new SimulatedRun(SimulatedRun.layout(2), rule, new int[] {0, 1, 2}, 7, Faults.NONE, 1);
    }

    /** Repeats what it has seen, cuts it, flips its bits, invents counters and salts, and so keys, and makes noise. */
    private static final class Sender implements GuardedTransport.Stranger {
        private static final int KEPT = 256;

        private final Random random;
        private final List<byte[]> seen = new ArrayList<>();
        private int sent;

        Sender(Random random) {
            this.random = random;
        }

        @Override
        public void sees(byte[] sealed) {
            if (seen.size() < KEPT) {
                seen.add(sealed);
            } else {
                seen.set(random.nextInt(KEPT), sealed);
            }
        }

        @Override
        public void sends(Consumer<byte[]> inbox) {
            for (int i = 0; i < EACH_POLL && sent < FRAMES && !seen.isEmpty(); i++) {
                inbox.accept(next());
                sent++;
            }
        }

        private byte[] next() {
            byte[] frame = seen.get(random.nextInt(seen.size())).clone();
            switch (random.nextInt(6)) {
                case 0 -> {
                    return frame;
                }
                case 1 -> {
                    return Arrays.copyOf(frame, random.nextInt(frame.length));
                }
                case 2 -> flip(frame, random.nextInt(frame.length));
                case 3 -> flip(frame, 24 + random.nextInt(8));
                case 4 -> flip(frame, 8 + random.nextInt(16));
                default -> {
                    byte[] noise = new byte[random.nextInt(800)];
                    random.nextBytes(noise);
                    return noise;
                }
            }

            return frame;
        }

        private void flip(byte[] frame, int index) {
            frame[index] ^= (byte) (1 << random.nextInt(8));
        }
    }
}

package dev.lockstep.params.link.stream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lockstep.params.link.Address;
import dev.lockstep.params.link.Gate;
import dev.lockstep.params.link.Seal;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.agrona.MutableDirectBuffer;
import org.junit.jupiter.api.Test;

/** A thousand connections that say nothing, or a byte of a hello a second. */
class SlowStrangersTest {
    private static final int STRANGERS = 1_000;
    private static final long SECOND_NS = 1_000_000_000L;

    private final UUID process = UUID.randomUUID();

    @Test
    void keepNobodyOutAndAreSentAway() throws IOException {
        try (Arrivals arrivals = new Arrivals();
                StreamPort port = StreamPort.bind(StreamLinkTest.LOOPBACK, 0, process, arrivals);
                StreamReceiver receiver = port.open(7, Gate.OPEN);
                Strangers strangers = new Strangers(port.port())) {
            Set<Thread> before = Thread.getAllStackTraces().keySet();
            int arrived = 0;
            long startNs = System.nanoTime();
            Address address = new Address(process, StreamLinkTest.LOOPBACK, port.port(), "", 7);
            try (StreamLink link = new StreamLink(address, "here", arrivals, Seal.NONE)) {
                while (!strangers.areAllGone()) {
                    MutableDirectBuffer frame = link.claim(64);
                    if (frame != null) {
                        link.commit();
                        link.flush();
                    }
                    arrived += receiver.poll((buffer, offset, length) -> {}, 10);
                    long waitedNs = System.nanoTime() - startNs;
                    strangers.say(waitedNs / SECOND_NS);
                    assertTrue(waitedNs < 60 * SECOND_NS, "they are there after 60 s");
                    Thread.yield();
                }
            }

            assertTrue(arrived > 0, "the one with something to say was kept out");
            Set<Thread> started = new HashSet<>(Thread.getAllStackTraces().keySet());
            started.removeAll(before);
            assertEquals(Set.of(), started);
        }
    }

    /** They say the true beginning of a hello. */
    private final class Strangers implements AutoCloseable {
        private final List<SocketChannel> channels = new ArrayList<>();
        private final ByteBuffer hello = new Hello(process, 7, Seal.NONE.credential()).bytes();
        private final ByteBuffer answer = ByteBuffer.allocate(1);
        private long said;

        Strangers(int port) throws IOException {
            for (int i = 0; i < STRANGERS; i++) {
                SocketChannel channel = SocketChannel.open(new InetSocketAddress(StreamLinkTest.LOOPBACK, port));
                channel.configureBlocking(false);
                channels.add(channel);
            }
        }

        /** Every other one says so many bytes in all. */
        void say(long bytes) {
            for (; said < bytes; said++) {
                for (int i = 0; i < channels.size(); i += 2) {
                    try {
                        hello.limit((int) said + 1).position((int) said);
                        channels.get(i).write(hello);
                    } catch (IOException e) {
                        // It has been sent away.
                    }
                }
            }
        }

        boolean areAllGone() throws IOException {
            for (SocketChannel channel : List.copyOf(channels)) {
                if (isGone(channel)) {
                    channel.close();
                    channels.remove(channel);
                }
            }

            return channels.isEmpty();
        }

        private boolean isGone(SocketChannel channel) {
            try {
                return channel.read(answer.clear()) < 0;
            } catch (IOException e) {
                return true;
            }
        }

        @Override
        public void close() throws IOException {
            for (SocketChannel channel : channels) {
                channel.close();
            }
        }
    }
}

package dev.lockstep.params.link.stream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lockstep.params.link.Gate;
import dev.lockstep.params.link.PlacingHandler;
import dev.lockstep.params.link.Seal;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import org.agrona.DirectBuffer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Frames of all lengths, cut anywhere on their way, whose words go to their place, or not, or no more. */
class PlacedWordsTest {
    private static final int FRAMES = 300;
    private static final int HEAD = 40;

    /** A frame's head is its number, its words are a byte that follows from it. */
    private static final class Reader implements PlacingHandler {
        private final Random random;
        private final ByteBuffer place = ByteBuffer.allocateDirect(StreamLink.LONGEST_FRAME);
        private final List<Integer> whole = new ArrayList<>();
        private final List<Integer> placed = new ArrayList<>();
        private final Set<Integer> lost = new HashSet<>();
        private int asked = -1;

        Reader(Random random) {
            this.random = random;
        }

        @Override
        public int headLength() {
            return HEAD;
        }

        @Override
        public ByteBuffer place(DirectBuffer head, int offset, int length) {
            int number = head.getInt(offset, ByteOrder.LITTLE_ENDIAN);
            boolean begun = asked == number;
            boolean wanted = begun ? random.nextInt(20) > 0 : random.nextInt(3) > 0;
            this.asked = wanted ? number : -1;
            if (begun && !wanted) {
                lost.add(number);
            }

            return wanted ? place.limit(7 + length - HEAD).position(7) : null;
        }

        @Override
        public void onPlaced(DirectBuffer head, int offset, int length) {
            int number = head.getInt(offset, ByteOrder.LITTLE_ENDIAN);
            for (int i = 0; i < length - HEAD; i++) {
                assertEquals((byte) number, place.get(7 + i));
            }

            lost.remove(number);
            placed.add(number);
        }

        @Override
        public void onFrame(DirectBuffer buffer, int offset, int length) {
            int number = buffer.getInt(offset, ByteOrder.LITTLE_ENDIAN);
            for (int i = HEAD; i < length; i++) {
                assertEquals((byte) number, buffer.getByte(offset + i));
            }

            lost.remove(number);
            whole.add(number);
        }

        int seen() {
            return placed.size() + whole.size() + lost.size();
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void areWhatWasSent(long seed) throws IOException {
        Random random = new Random(seed);
        Reader reader = new Reader(random);
        UUID process = UUID.randomUUID();
        InetAddress loopback = InetAddress.getLoopbackAddress();
        try (Arrivals arrivals = new Arrivals();
                StreamPort port = StreamPort.bind(loopback.getHostAddress(), 0, process, arrivals);
                StreamReceiver receiver = port.open(7, Gate.OPEN);
                SocketChannel sender = SocketChannel.open(new InetSocketAddress(loopback, port.port()))) {
            sender.write(new Hello(process, 7, Seal.NONE.credential()).bytes());
            sender.configureBlocking(false);
            ByteBuffer stream = stream(random);
            long deadlineNs = System.nanoTime() + 20_000_000_000L;
            while (reader.seen() < FRAMES) {
                int count = Math.min(stream.remaining(), 1 + random.nextInt(random.nextBoolean() ? 100 : 100_000));
                int sent = sender.write(stream.slice(stream.position(), count));
                stream.position(stream.position() + sent);
                receiver.poll(reader, 1 + random.nextInt(5));
                assertTrue(System.nanoTime() < deadlineNs, "waited 20 s");
            }
        }

        assertTrue(reader.placed.size() > FRAMES / 10, "placed=" + reader.placed.size());
        assertTrue(reader.whole.size() > FRAMES / 10, "whole=" + reader.whole.size());
        assertEquals(reader.placed.stream().sorted().distinct().toList(), reader.placed);
        assertEquals(reader.whole.stream().sorted().distinct().toList(), reader.whole);
    }

    private static ByteBuffer stream(Random random) {
        ByteBuffer stream = ByteBuffer.allocate(FRAMES * (Integer.BYTES + StreamLink.LONGEST_FRAME))
                .order(ByteOrder.LITTLE_ENDIAN);
        for (int number = 0; number < FRAMES; number++) {
            int most = StreamLink.LONGEST_FRAME - HEAD;
            int words = random.nextInt(4) == 0 ? random.nextInt(100) : random.nextInt(most + 1);
            if (random.nextInt(5) == 0) {
                stream.putInt(0);
            }
            stream.putInt(HEAD + words).putInt(number).position(stream.position() + HEAD - Integer.BYTES);
            for (int i = 0; i < words; i++) {
                stream.put((byte) number);
            }
        }

        return stream.flip();
    }
}

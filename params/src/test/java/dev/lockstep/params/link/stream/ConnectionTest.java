package dev.lockstep.params.link.stream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.lockstep.params.link.Gate;
import dev.lockstep.params.link.PlacingHandler;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import org.agrona.DirectBuffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a connection does with what a sender sends last. */
class ConnectionTest {
    private static final int HEAD = 40;
    private static final int WORDS = 20_000;

    private final List<String> seen = new ArrayList<>();
    private SocketChannel sender;
    private SocketChannel taken;
    private Connection connection;

    private final class Reader implements PlacingHandler {
        private final ByteBuffer place = ByteBuffer.allocateDirect(WORDS);

        @Override
        public int headLength() {
            return HEAD;
        }

        @Override
        public ByteBuffer place(DirectBuffer head, int offset, int length) {
            return place.clear();
        }

        @Override
        public void onPlaced(DirectBuffer head, int offset, int length) {
            seen.add("placed " + length);
        }

        @Override
        public void onFrame(DirectBuffer buffer, int offset, int length) {
            seen.add("whole " + length);
        }
    }

    @BeforeEach
    void connect() throws IOException {
        try (ServerSocketChannel server = ServerSocketChannel.open()) {
            server.bind(new InetSocketAddress(StreamLinkTest.LOOPBACK, 0));
            this.sender = SocketChannel.open(server.getLocalAddress());
            this.taken = server.accept();
        }
        taken.configureBlocking(false);
        this.connection = new Connection(taken, Gate.OPEN);
    }

    @AfterEach
    void close() throws IOException {
        sender.close();
        taken.close();
    }

    /** Returns how the connection ends; all that was sent is here by then. */
    private IOException end(ByteBuffer sent) throws IOException {
        while (sent.hasRemaining()) {
            sender.write(sent);
        }
        sender.close();
        Reader reader = new Reader();
        long deadlineNs = System.nanoTime() + 20_000_000_000L;
        return assertThrows(IOException.class, () -> {
            while (System.nanoTime() < deadlineNs) {
                connection.poll(reader, 10);
            }
        });
    }

    @Test
    void aSmallFrameBehindPlacedWordsIsHandedOverThoughTheSenderHasClosed() throws IOException {
        ByteBuffer sent = ByteBuffer.allocate(WORDS + 100).order(ByteOrder.LITTLE_ENDIAN);
        sent.putInt(HEAD + WORDS).position(Integer.BYTES + HEAD + WORDS);
        sent.putInt(8).putLong(0);
        IOException end = end(sent.flip());
        assertEquals("the sender has closed the connection", end.getMessage());
        assertEquals(List.of("placed " + (HEAD + WORDS), "whole 8"), seen);
    }

    @Test
    void aLengthThatNoFrameHasEndsIt() throws IOException {
        ByteBuffer sent = ByteBuffer.allocate(100).order(ByteOrder.LITTLE_ENDIAN);
        sent.putInt(8).putLong(0).putInt(Integer.MAX_VALUE);
        IOException end = end(sent.flip());
        assertEquals("what comes is no frame: length=" + Integer.MAX_VALUE, end.getMessage());
        assertEquals(List.of("whole 8"), seen);
    }

    @Test
    void oneThatComesToAClosedInboxIsClosed() throws IOException {
        StreamReceiver receiver = new StreamReceiver(Gate.OPEN, () -> {});
        receiver.close();
        receiver.add(taken);
        assertFalse(taken.isOpen());
    }
}

package dev.lockstep.params.link.stream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lockstep.params.link.Address;
import dev.lockstep.params.link.Gate;
import dev.lockstep.params.link.Seal;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import org.agrona.MutableDirectBuffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Connections that break, and strangers at the port. */
class StreamLinkTest {
    static final String LOOPBACK = "127.0.0.1";

    private final UUID process = UUID.randomUUID();
    private final Arrivals arrivals = new Arrivals();
    private StreamPort port;
    private StreamReceiver receiver;

    @BeforeEach
    void open() throws IOException {
        this.port = StreamPort.bind(LOOPBACK, 0, process, arrivals);
        this.receiver = port.open(7, Gate.OPEN);
    }

    @AfterEach
    void close() {
        receiver.close();
        port.close();
        arrivals.close();
    }

    private StreamLink link(int toPort, UUID toProcess) {
        return new StreamLink(new Address(toProcess, LOOPBACK, toPort, "", 7), "here", arrivals, Seal.NONE);
    }

    @Test
    void goesOnWhereTheConnectionWasCut() throws IOException {
        try (Wire wire = new Wire(port.port());
                StreamLink link = link(wire.port(), process)) {
            List<Integer> arrived = new ArrayList<>();
            int sent = sendUntil(link, 0, arrived, () -> arrived.size() > 100);
            wire.cut();
            until(() -> !isSent(link, -1));
            assertTrue(
                    link.describe().contains("open TCP port " + wire.port() + " of 127.0.0.1 to here"), link::describe);
            wire.mend();
            int first = sent;
            sendUntil(link, first, arrived, () -> arrived.get(arrived.size() - 1) > first);

            // What is left of the first connection may be read after the second one's first.
            requireOrder(arrived, number -> number >= 0 && number < first);
            requireOrder(arrived, number -> number >= first);
        }
    }

    private static void requireOrder(List<Integer> arrived, Predicate<Integer> which) {
        List<Integer> numbers = arrived.stream().filter(which).toList();
        assertEquals(numbers.stream().distinct().sorted().toList(), numbers, "none twice, none out of order");
    }

    @Test
    void aConnectionThatSwallowsEverythingIsGivenUp() throws IOException {
        try (Wire wire = new Wire(port.port());
                StreamLink link = link(wire.port(), process)) {
            List<Integer> arrived = new ArrayList<>();
            sendUntil(link, 0, arrived, () -> arrived.size() > 100);
            wire.mute();
            until(() -> !link.isConnected());

            assertTrue(link.describe().contains("not connected, no sign of life for "), link::describe);
        }
    }

    private int sendUntil(StreamLink link, int from, List<Integer> arrived, BooleanSupplier enough) {
        int[] next = {from};
        until(() -> {
            next[0] += isSent(link, next[0]) ? 1 : 0;
            poll(arrived);
            return enough.getAsBoolean();
        });
        return next[0];
    }

    @Test
    void aSlowReaderMeansNoRoomAndLosesNothing() {
        try (StreamLink link = link(port.port(), process)) {
            List<Integer> arrived = new ArrayList<>();
            until(() -> link.isConnected());
            int[] sent = {0};
            until(() -> {
                boolean full = !isSent(link, sent[0], 60_000);
                sent[0] += full ? 0 : 1;
                return full;
            });
            until(() -> {
                poll(arrived);
                link.flush();
                return arrived.size() == sent[0];
            });
            assertEquals(sent[0] - 1, arrived.get(arrived.size() - 1));
        }
    }

    /** From what follows TCP learns that a packet was lost. */
    @Test
    void aLinkThatFallsSilentSendsFramesOfNoLength() throws IOException {
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getByName(LOOPBACK));
                StreamLink link = link(server.getLocalPort(), process)) {
            assertFalse(link.isConnected());
            try (Socket peer = server.accept()) {
                peer.getOutputStream().write(Hello.WELCOME);
                until(() -> isSent(link, 1));
                DataInputStream in = new DataInputStream(peer.getInputStream());
                in.readNBytes(Hello.LENGTH + Integer.BYTES + 64);
                until(() -> {
                    link.flush();
                    return isThere(in, 2 * Integer.BYTES);
                });
                assertEquals(0, in.readLong());
            }
        }
    }

    private static boolean isThere(InputStream in, int count) {
        try {
            return in.available() >= count;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** As when a frame is refused: those behind it still come, and it does not come again. */
    @Test
    void aHandlerThatThrowsGetsTheNextFrame() {
        try (StreamLink link = link(port.port(), process)) {
            until(() -> isSent(link, 1));
            until(() -> isSent(link, 2));
            until(() -> {
                try {
                    receiver.poll(
                            (buffer, offset, length) -> {
                                throw new IllegalStateException("frame " + buffer.getInt(offset));
                            },
                            1);
                    return false;
                } catch (IllegalStateException e) {
                    return e.getMessage().equals("frame 1");
                }
            });
            List<Integer> arrived = new ArrayList<>();
            until(() -> poll(arrived) > 0);
            assertEquals(List.of(2), arrived);
        }
    }

    /** Memory on both sides grows from less than the longest frame. */
    @Test
    void framesOfAllLengthsPassFromTheFirstOn() {
        try (StreamLink link = link(port.port(), process)) {
            List<Integer> lengths = new ArrayList<>();
            for (int length : new int[] {link.maxFrameLength(), 8, 9_000, link.maxFrameLength(), 20_000, 5}) {
                until(() -> isSent(link, 0, length));
                until(() -> receiver.poll((buffer, offset, bytes) -> lengths.add(bytes), 1) > 0);
                assertEquals(length, lengths.get(lengths.size() - 1));
            }
        }
    }

    @Test
    void anotherProcessBehindThePortIsNotMeant() {
        try (StreamLink link = link(port.port(), UUID.randomUUID())) {
            until(() -> {
                assertFalse(isSent(link, 0));
                return link.describe().contains("the other side has closed the connection");
            });
        }
    }

    /** Frames of a length too great, of a far too great one, of a negative one; and a hello that is none. */
    @ParameterizedTest
    @ValueSource(ints = {StreamLink.LONGEST_FRAME + 1, 1 << 30, -5})
    void whatIsNoFrameEndsItsConnectionAlone(int length) throws IOException {
        try (StreamLink link = link(port.port(), process);
                Socket stranger = new Socket(LOOPBACK, port.port())) {
            List<Integer> arrived = new ArrayList<>();
            sendUntil(link, 0, arrived, () -> !arrived.isEmpty());
            OutputStream out = stranger.getOutputStream();
            out.write(new Hello(process, 7, Seal.NONE.credential()).bytes().array());
            assertEquals(Hello.WELCOME, stranger.getInputStream().read());
            out.write(ByteBuffer.allocate(8)
                    .putInt(0, Integer.reverseBytes(length))
                    .array());
            stranger.setSoTimeout(20_000);
            until(() -> {
                poll(arrived);
                return isEnded(stranger);
            });
            int before = arrived.size();
            sendUntil(link, before, arrived, () -> arrived.size() > before);
        }
    }

    private static boolean isEnded(Socket socket) {
        try {
            socket.setSoTimeout(1);
            return socket.getInputStream().read() < 0;
        } catch (java.net.SocketTimeoutException e) {
            return false;
        } catch (IOException e) {
            return true;
        }
    }

    @Test
    void strangersThatSayNothingOrNonsenseKeepNobodyOut() throws IOException {
        List<Socket> strangers = new ArrayList<>();
        try {
            for (int i = 0; i < 600; i++) {
                Socket stranger = new Socket(LOOPBACK, port.port());
                strangers.add(stranger);
                if (i % 2 == 0) {
                    stranger.getOutputStream().write("GET / HTTP/1.1\r\nHost: nobody\r\n\r\n".getBytes());
                }
            }
            try (StreamLink link = link(port.port(), process)) {
                List<Integer> arrived = new ArrayList<>();
                sendUntil(link, 0, arrived, () -> arrived.size() > 10);
            }
        } finally {
            for (Socket stranger : strangers) {
                stranger.close();
            }
        }
    }

    @Test
    void aLinkToAPortThatIsClosedNamesIt() {
        port.close();
        try (StreamLink link = link(port.port(), process)) {
            until(() -> !link.isConnected() && link.describe().contains("Connection refused"));
            assertTrue(
                    link.describe().startsWith("tcp to 127.0.0.1:" + port.port() + "/7, not connected"),
                    link::describe);
        }
    }

    @Test
    void sleepersWakeWhenSomethingArrives() {
        try (StreamLink link = link(port.port(), process)) {
            List<Integer> arrived = new ArrayList<>();
            sendUntil(link, 0, arrived, () -> !arrived.isEmpty());
            until(() -> poll(arrived) == 0);
            Thread sender = new Thread(() -> until(() -> isSent(link, 99)));
            sender.start();
            until(() -> arrivals.await(java.time.Duration.ofSeconds(20)) && poll(arrived) > 0);
            assertEquals(99, arrived.get(arrived.size() - 1));
        }
    }

    private int poll(List<Integer> arrived) {
        return receiver.poll((buffer, offset, length) -> arrived.add(buffer.getInt(offset)), 10);
    }

    private static boolean isSent(StreamLink link, int number) {
        return isSent(link, number, 64);
    }

    private static boolean isSent(StreamLink link, int number, int length) {
        MutableDirectBuffer frame = link.claim(length);
        if (frame != null) {
            frame.putInt(0, number);
            link.commit();
            link.flush();
        }

        return frame != null;
    }

    private static void until(BooleanSupplier condition) {
        long deadlineNs = System.nanoTime() + 60_000_000_000L;
        while (!condition.getAsBoolean()) {
            assertTrue(System.nanoTime() < deadlineNs, "waited 60 s");
            Thread.yield();
        }
    }
}

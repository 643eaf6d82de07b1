package dev.lockstep.params.link;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lockstep.params.link.aeron.AeronTransport;
import dev.lockstep.params.link.aeron.DriverFolder;
import dev.lockstep.params.link.aeron.EmbeddedDriver;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What every link must do. A new kind of link joins by being listed in {@link Way}. */
class LinkContractTest {
    private static final int JOB = 5;

    private enum Way {
        MEMORY,
        IPC,
        UDP,
        TCP,
        AUTO
    }

    /** Two processes as far as the networks know; both are this one. */
    private record Pair(Transport sender, Transport receiver) implements AutoCloseable {
        static Pair of(Way way) {
            if (way == Way.MEMORY) {
                Transport transport = new MemoryTransport(Clock.SYSTEM);
                return new Pair(transport, transport);
            }

            Protocol protocol = way == Way.TCP ? Protocol.TCP : way == Way.UDP ? Protocol.UDP : Protocol.AUTO;
            TransportSettings near = TransportSettings.of("127.0.0.1", 1);
            TransportSettings far =
                    near.withNetwork(near.network().withProtocol(protocol)).withoutShortcuts();
            TransportSettings settings = way == Way.IPC ? near : far;
            return new Pair(AeronTransport.launch(settings), AeronTransport.launch(settings));
        }

        @Override
        public void close() {
            sender.close();
            receiver.close();
        }
    }

    @ParameterizedTest
    @EnumSource
    void framesArriveWholeAndInOrder(Way way) {
        try (Pair pair = Pair.of(way);
                Inbox inbox = pair.receiver().open();
                Link link = pair.sender().connect(inbox.address(), Traffic.VALUES, JOB)) {
            List<Integer> arrived = new ArrayList<>();
            int sent = 0;
            while (arrived.size() < 10_000) {
                int length = 8 + sent * 37 % (link.maxFrameLength() - 7);
                boolean gathered = sent % 3 == 0 && length >= 12;
                if (sent < 10_000 && (gathered ? gather(link, sent, length) : send(link, sent, length))) {
                    sent++;
                }

                inbox.poll(
                        (buffer, offset, bytes) -> {
                            int number = buffer.getInt(offset);
                            assertEquals(8 + number * 37 % (link.maxFrameLength() - 7), bytes);
                            assertEquals(number, buffer.getInt(offset + bytes - 4));
                            arrived.add(number);
                        },
                        10);
            }

            assertEquals(Stream.iterate(0, i -> i + 1).limit(10_000).toList(), arrived);
            assertEquals(way == Way.UDP, link.needsCheck());
        }
    }

    @ParameterizedTest
    @EnumSource
    void aFullLinkHasNoRoomUntilTheInboxIsPolled(Way way) {
        try (Pair pair = Pair.of(way);
                Inbox inbox = pair.receiver().open();
                Link link = pair.sender().connect(inbox.address(), Traffic.MESSAGES, JOB)) {
            until(() -> send(link, 0, 100));
            long[] arrived = new long[1];
            until(() -> inbox.poll((buffer, offset, length) -> arrived[0]++, 1) > 0);
            long sent = 1;
            while (send(link, 0, 100)) {
                sent++;
                assertTrue(sent < 1_000_000, "a link must be bounded");
            }

            long all = sent;
            until(() -> {
                link.flush();
                return inbox.poll((buffer, offset, length) -> arrived[0]++, 10) == 0 && arrived[0] == all;
            });
            until(() -> send(link, 0, 100));
        }
    }

    /** Members say that they are ready when their links are, before anything is sent. */
    @ParameterizedTest
    @EnumSource
    void aLinkConnectsBeforeAnythingIsSent(Way way) {
        try (Pair pair = Pair.of(way);
                Inbox inbox = pair.receiver().open();
                Link link = pair.sender().connect(inbox.address(), Traffic.MESSAGES, JOB)) {
            until(() -> {
                inbox.poll((buffer, offset, length) -> {}, 10);
                return link.isConnected();
            });
            // Over UDP the room is told a moment after the connection.
            until(() -> send(link, 0, 100));
            until(() -> inbox.poll((buffer, offset, length) -> {}, 10) > 0);
        }
    }

    @ParameterizedTest
    @EnumSource
    void sendersDoNotMix(Way way) {
        try (Pair pair = Pair.of(way);
                Inbox inbox = pair.receiver().open();
                Inbox other = pair.receiver().open();
                Link one = pair.sender().connect(inbox.address(), Traffic.MESSAGES, JOB);
                Link two = pair.sender().connect(inbox.address(), Traffic.MESSAGES, JOB)) {
            until(() -> send(one, 1, 64));
            until(() -> send(two, 2, 64));
            List<Integer> arrived = new ArrayList<>();
            until(() -> {
                inbox.poll((buffer, offset, length) -> arrived.add(buffer.getInt(offset)), 10);
                return arrived.size() == 2;
            });
            assertEquals(List.of(1, 2), arrived.stream().sorted().toList());
            assertEquals(0, other.poll((buffer, offset, length) -> {}, 10));
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"MEMORY", "IPC"})
    void whatWasSentArrivesAlthoughTheLinkIsClosed(Way way) {
        try (Pair pair = Pair.of(way);
                Inbox inbox = pair.receiver().open()) {
            try (Link link = pair.sender().connect(inbox.address(), Traffic.MESSAGES, JOB)) {
                until(() -> send(link, 7, 100));
            }

            List<Integer> arrived = new ArrayList<>();
            until(() -> inbox.poll((buffer, offset, length) -> arrived.add(buffer.getInt(offset)), 10) > 0);
            assertEquals(List.of(7), arrived);
        }
    }

    @ParameterizedTest
    @EnumSource
    void nothingIsLeftAfterClose(Way way) throws IOException {
        try (Pair pair = Pair.of(way);
                Inbox inbox = pair.receiver().open()) {
            Link link = pair.sender().connect(inbox.address(), Traffic.VALUES, JOB);
            until(() -> send(link, 0, 100));
        }

        try (Stream<Path> left = Files.list(new DriverFolder("", EmbeddedDriver.TIMEOUT).parent())) {
            assertFalse(left.anyMatch(folder -> folder.getFileName().toString().startsWith(DriverFolder.mine())));
        }
    }

    private static boolean send(Link link, int number, int length) {
        MutableDirectBuffer frame = link.claim(length);
        if (frame != null) {
            frame.putInt(0, number);
            frame.putInt(length - 4, number);
            link.commit();
        }

        link.flush();
        return frame != null;
    }

    /** The bytes are another's once they are sent. */
    private static boolean gather(Link link, int number, int length) {
        UnsafeBuffer head = new UnsafeBuffer(new byte[16]);
        head.putInt(0, number);
        ByteBuffer words = ByteBuffer.allocateDirect(length).order(ByteOrder.nativeOrder());
        words.position(4).limit(length - 4).putInt(length - 8, number);
        boolean sent = link.send(head, 8, words);
        words.putInt(length - 8, -1);
        link.flush();
        return sent;
    }

    private static void until(BooleanSupplier condition) {
        long deadlineNs = System.nanoTime() + 60_000_000_000L;
        while (!condition.getAsBoolean()) {
            assertTrue(System.nanoTime() < deadlineNs, "waited 60 s");
            Thread.yield();
        }
    }
}

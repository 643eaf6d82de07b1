package dev.lockstep.params.link.aeron;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.lockstep.params.ParamException;
import dev.lockstep.params.ParamException.Outcome;
import dev.lockstep.params.link.Address;
import dev.lockstep.params.link.Inbox;
import dev.lockstep.params.link.JvmOptions;
import dev.lockstep.params.link.Link;
import dev.lockstep.params.link.NetworkSettings;
import dev.lockstep.params.link.Protocol;
import dev.lockstep.params.link.SharedFolder;
import dev.lockstep.params.link.Traffic;
import dev.lockstep.params.link.Transport;
import dev.lockstep.params.link.TransportSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Inet6Address;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.nio.channels.DatagramChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.agrona.MutableDirectBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class AeronTransportTest {
    private static final int JOB = 5;

    @TempDir
    Path folder;

    @Test
    void theRealPortIsPublished() {
        try (Transport transport = AeronTransport.launch(settings(0, 0));
                Inbox one = transport.open();
                Inbox two = transport.open()) {
            assertTrue(one.address().port() > 0);
            assertEquals(one.address().port(), two.address().port());
            assertTrue(one.address().stream() != two.address().stream());
        }
    }

    @Test
    void noThreadKeepsTheProcessFromEnding() {
        Set<Thread> before = Thread.getAllStackTraces().keySet();
        try (Transport transport = AeronTransport.launch(settings(0, 0));
                Inbox inbox = transport.open()) {
            assertTrue(inbox.address().port() > 0);
            Set<Thread> started = new HashSet<>(Thread.getAllStackTraces().keySet());
            started.removeAll(before);
            assertFalse(started.isEmpty());
            assertTrue(started.stream().allMatch(Thread::isDaemon), started::toString);
        }
    }

    @Test
    void aTakenPortIsPassedOverWithinTheRange() throws IOException {
        try (DatagramChannel taken = DatagramChannel.open().bind(new InetSocketAddress("0.0.0.0", 0))) {
            int port = ((InetSocketAddress) taken.getLocalAddress()).getPort();
            try (Transport transport = AeronTransport.launch(settings(port, Math.min(65_535, port + 20)));
                    Inbox inbox = transport.open()) {
                assertTrue(inbox.address().port() > port);
            }
        }
    }

    @Test
    void aTakenPortIsNamed() throws IOException {
        try (DatagramChannel taken = DatagramChannel.open().bind(new InetSocketAddress("0.0.0.0", 0))) {
            int port = ((InetSocketAddress) taken.getLocalAddress()).getPort();
            ParamException failure =
                    assertThrows(ParamException.class, () -> AeronTransport.launch(settings(port, port)));
            assertEquals(
                    "Ports are taken: host=127.0.0.1, firstPort=" + port + ", lastPort=" + port
                            + ". Name other ports, or 0 for any free one.",
                    failure.getMessage());
            assertNoFolders();
        }
    }

    @Test
    void aThreadThatWasInterruptedTakesNothingFromOthers() {
        try (Transport transport = AeronTransport.launch(settings(0, 0));
                Transport other = AeronTransport.launch(settings(0, 0));
                Inbox before = transport.open()) {
            Thread.currentThread().interrupt();
            try (Inbox inbox = transport.open();
                    Link link = other.connect(inbox.address(), Traffic.MESSAGES, JOB);
                    Link earlier = other.connect(before.address(), Traffic.MESSAGES, JOB)) {
                assertTrue(Thread.interrupted(), "the caller stays interrupted");
                assertTrue(before.isOpen() && inbox.isOpen());
                assertArrives(link, inbox);
                assertArrives(earlier, before);
            }
        }
    }

    /** As when the process was stopped for longer than Aeron waits for a sign of life. */
    @Test
    void aClientThatHasEndedIsReplaced() {
        try (AeronTransport transport = AeronTransport.launch(udp());
                Transport other = AeronTransport.launch(udp());
                Inbox before = transport.open()) {
            transport.clients().close();
            assertFalse(before.isOpen());
            ParamException failure = assertThrows(ParamException.class, () -> before.poll((b, o, l) -> {}, 1));
            assertEquals("Inbox has ended: inbox=" + before.address(), failure.getMessage());
            assertEquals(Outcome.NOT_DONE, failure.outcome());
            assertEquals(0, before.poll((b, o, l) -> {}, 1));
            try (Inbox inbox = transport.open();
                    Link link = other.connect(inbox.address(), Traffic.MESSAGES, JOB)) {
                assertEquals(before.address().port(), inbox.address().port());
                assertArrives(link, inbox);
            }
        }
    }

    @Test
    void whatAeronRefusesIsALossAndSaysWhy() throws IOException {
        Path gone = Files.createDirectories(folder.resolve("lockstep-1-1-x/aeron"));
        try (Transport transport = AeronTransport.launch(settings(0, 0))) {
            Address address = new Address(UUID.randomUUID(), "127.0.0.1", 9, gone.toString(), 1);
            ProcessMark.write(new SharedFolder(gone.getParent(), /* reserved */ 0), address);
            ParamException failure =
                    assertThrows(ParamException.class, () -> transport.connect(address, Traffic.MESSAGES, JOB));
            assertEquals(Outcome.NOT_DONE, failure.outcome());
            assertTrue(
                    failure.getMessage().contains("reason=ERROR - media driver is gone: folder=" + gone),
                    failure.getMessage());
        }
    }

    @Test
    void noOtherUserReachesWhatIsShared() throws IOException {
        try (Transport transport = AeronTransport.launch(settings(0, 0));
                Inbox inbox = transport.open();
                Stream<Path> entries = Files.list(folder)) {
            assertTrue(Files.isDirectory(Path.of(inbox.address().directory())));
            List<String> permissions =
                    entries.map(AeronTransportTest::permissions).toList();
            assertEquals(List.of("rwx------"), permissions);
        }
    }

    private static String permissions(Path path) {
        try {
            return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void onlyTheAnnouncedAddressIsBound() throws IOException {
        try (Transport transport = AeronTransport.launch(settings(0, 0));
                Inbox inbox = transport.open();
                DatagramChannel beside = DatagramChannel.open()
                        .bind(new InetSocketAddress("127.0.0.2", inbox.address().port()))) {
            assertTrue(beside.isOpen());
        }
    }

    @Test
    void nothingIsBoundWhereEverybodyIsOnThisMachine() {
        int none = NetworkSettings.NO_PORT;
        try (Transport transport = AeronTransport.launch(settings(none, none));
                Transport other = AeronTransport.launch(settings(none, none));
                Inbox inbox = transport.open();
                Link link = other.connect(inbox.address(), Traffic.MESSAGES, JOB)) {
            assertEquals(0, inbox.address().port());
            assertArrives(link, inbox);
            Address elsewhere = new Address(UUID.randomUUID(), "192.0.2.7", 0, "/nowhere", 1);
            ParamException failure =
                    assertThrows(ParamException.class, () -> transport.connect(elsewhere, Traffic.MESSAGES, JOB));
            assertTrue(failure.getMessage().startsWith("Process is gone, or on another machine"), failure.getMessage());
        }
    }

    private static void assertArrives(Link link, Inbox inbox) {
        int[] arrived = new int[1];
        boolean sent = false;
        long startNs = System.nanoTime();
        while (arrived[0] == 0 && System.nanoTime() - startNs < 60_000_000_000L) {
            MutableDirectBuffer frame = sent ? null : link.claim(8);
            if (frame != null) {
                link.commit();
                link.flush();
                sent = true;
            }

            inbox.poll((buffer, offset, length) -> arrived[0]++, 1);
            Thread.yield();
        }

        assertEquals(1, arrived[0], link::describe);
    }

    private TransportSettings udp() {
        NetworkSettings udp = NetworkSettings.of("127.0.0.1").withProtocol(Protocol.UDP);
        return settings(0, 0).withNetwork(udp).withoutShortcuts();
    }

    @Test
    void missingJvmOptionsArePrinted() {
        JvmOptions.require();
        ParamException failure = assertThrows(
                ParamException.class,
                () -> JvmOptions.requireNone(List.of(JvmOptions.required().get(0))));
        assertTrue(
                failure.getMessage().contains("missing=--add-opens=java.base/jdk.internal.misc=ALL-UNNAMED"),
                failure.getMessage());
        assertTrue(failure.getMessage().contains("--conf \"spark.executor.extraJavaOptions="), failure.getMessage());
        assertFalse(failure.getMessage().contains("\n"));
    }

    /** Jumbo packets are longer than an eighth of the shortest term, which Aeron takes at most. */
    @ParameterizedTest
    @EnumSource
    void jumboPacketsPass(Traffic traffic) {
        TransportSettings jumbo = udp().withNetwork(udp().network().withMtu(8960));
        try (Transport transport = AeronTransport.launch(jumbo);
                Transport other = AeronTransport.launch(jumbo);
                Inbox inbox = transport.open();
                Link link = other.connect(inbox.address(), traffic, JOB)) {
            assertArrives(link, inbox);
        }
    }

    @ParameterizedTest
    @EnumSource
    void numbersOfIpv6AreReachedByEachProtocol(Protocol protocol) throws SocketException {
        assumeTrue(
                NetworkInterface.networkInterfaces()
                        .flatMap(NetworkInterface::inetAddresses)
                        .anyMatch(address -> address instanceof Inet6Address && address.isLoopbackAddress()),
                "needs IPv6");
        NetworkSettings loopback = NetworkSettings.of("::1").withProtocol(protocol);
        TransportSettings settings = settings(0, 0).withNetwork(loopback).withoutShortcuts();
        try (Transport transport = AeronTransport.launch(settings);
                Transport other = AeronTransport.launch(settings);
                Inbox inbox = transport.open();
                Link values = other.connect(inbox.address(), Traffic.VALUES, JOB);
                Link messages = other.connect(inbox.address(), Traffic.MESSAGES, JOB)) {
            assertEquals("0:0:0:0:0:0:0:1", inbox.address().host());
            assertArrives(values, inbox);
            assertArrives(messages, inbox);
        }
    }

    /** Others may not know the name, or know another process by it. */
    @Test
    void aNameIsAnnouncedAsItsNumber() {
        NetworkSettings named = NetworkSettings.of("localhost").withProtocol(Protocol.TCP);
        try (Transport transport = AeronTransport.launch(settings(0, 0).withNetwork(named));
                Inbox inbox = transport.open()) {
            assertTrue(inbox.address().host().matches("127\\.0\\.0\\.1|[0:]+1"), inbox.address()::host);
        }
    }

    @Test
    void noUdpPortIsBoundWhereAllIsTcp() throws IOException {
        NetworkSettings tcp = NetworkSettings.of("127.0.0.1").withProtocol(Protocol.TCP);
        try (Transport transport = AeronTransport.launch(settings(0, 0).withNetwork(tcp));
                Inbox inbox = transport.open();
                DatagramChannel free = DatagramChannel.open()
                        .bind(new InetSocketAddress("127.0.0.1", inbox.address().port()))) {
            assertTrue(free.isOpen());
        }
    }

    @Test
    void windowsOfAllSendersFitTheSocketBuffer() {
        SocketBuffers stock = new SocketBuffers(212_992, 212_992);
        assertEquals(106_496, stock.window(2, 4 << 20, 1408));
        assertEquals(32_768, stock.window(2, 64 << 10, 1408));
        assertEquals(8 * 1408, stock.window(100, 4 << 20, 1408));
        assertTrue(SocketBuffers.probe().receive() > 0);
        assertEquals(9, SocketBuffers.senders(5));
        // 8 workers and their shards on two hosts, and the coordinator.
        assertEquals(81, SocketBuffers.senders(17));
    }

    private TransportSettings settings(int firstPort, int lastPort) {
        NetworkSettings network = NetworkSettings.of("127.0.0.1").withPorts(firstPort, lastPort);
        return new TransportSettings(network, 1, folder.toString(), true);
    }

    private void assertNoFolders() throws IOException {
        try (Stream<Path> left = Files.list(folder)) {
            assertEquals(List.of(), left.toList());
        }
    }
}

package dev.lockstep.params.link;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lockstep.params.ParamException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.DatagramChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AeronNetworkTest {
    @TempDir
    Path folder;

    @Test
    void theRealPortIsPublished() {
        try (Network network = AeronNetwork.launch(settings(0, 0));
                Inbox one = network.open();
                Inbox two = network.open()) {
            assertTrue(one.address().port() > 0);
            assertEquals(one.address().port(), two.address().port());
            assertTrue(one.address().stream() != two.address().stream());
        }
    }

    @Test
    void noThreadKeepsTheProcessFromEnding() {
        Set<Thread> before = Thread.getAllStackTraces().keySet();
        try (Network network = AeronNetwork.launch(settings(0, 0));
                Inbox inbox = network.open()) {
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
            try (Network network = AeronNetwork.launch(settings(port, Math.min(65_535, port + 20)));
                    Inbox inbox = network.open()) {
                assertTrue(inbox.address().port() > port);
            }
        }
    }

    @Test
    void aTakenPortIsNamed() throws IOException {
        try (DatagramChannel taken = DatagramChannel.open().bind(new InetSocketAddress("0.0.0.0", 0))) {
            int port = ((InetSocketAddress) taken.getLocalAddress()).getPort();
            ParamException failure =
                    assertThrows(ParamException.class, () -> AeronNetwork.launch(settings(port, port)));
            assertEquals(
                    "UDP ports are taken: host=127.0.0.1, firstPort=" + port + ", lastPort=" + port
                            + ". Name other ports, or 0 for any free one.",
                    failure.getMessage());
            assertNoFolders();
        }
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

    @Test
    void windowsOfAllSendersFitTheSocketBuffer() {
        SocketBuffers stock = new SocketBuffers(212_992, 212_992);
        assertEquals(106_496, stock.window(2, 4 << 20, 1408));
        assertEquals(32_768, stock.window(2, 64 << 10, 1408));
        assertEquals(8 * 1408, stock.window(100, 4 << 20, 1408));
        assertTrue(SocketBuffers.probe().receive() > 0);
    }

    private NetworkSettings settings(int firstPort, int lastPort) {
        return new NetworkSettings("127.0.0.1", firstPort, lastPort, 1, folder.toString(), 1408, true);
    }

    private void assertNoFolders() throws IOException {
        try (Stream<Path> left = Files.list(folder)) {
            assertEquals(List.of(), left.toList());
        }
    }
}

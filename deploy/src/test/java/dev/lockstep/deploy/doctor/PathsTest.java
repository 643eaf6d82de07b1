package dev.lockstep.deploy.doctor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lockstep.params.ParamException;
import dev.lockstep.params.link.NetworkSettings;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Loopback has addresses enough for two hosts, and a port where nobody answers for a firewall. */
class PathsTest {
    private static final int PATIENCE_MS = 500;
    private static final Station HERE = new Station("driver", "127.0.0.1", 1);

    @Test
    void anOpenWayCarriesAMebibyteByBothProtocolsAndPacketsAsLongAsTheInterfaces() throws IOException {
        try (PathListener there = listener("127.0.0.2")) {
            List<Finding> findings = Paths.examine(HERE, List.of(HERE, there.station("executor 1")));

            assertEquals(1, findings.size(), findings::toString);
            assertEquals(Finding.Verdict.OK, findings.get(0).verdict());
            assertTrue(
                    findings.get(0)
                            .toString()
                            .matches("ok    paths            1 MiB to each of 1 at other addresses: tcp \\d+ ms,"
                                    + " udp \\d+ ms, MTU \\d+"),
                    findings::toString);
        }
    }

    @Test
    void aWayThatIsClosedIsAFailureThatNamesBothEndsAndWhatToOpen() throws IOException {
        PathListener gone = listener("127.0.0.2");
        Station there = gone.station("executor 1");
        gone.close();
        List<Finding> findings = Paths.examine(HERE, List.of(there), PATIENCE_MS);

        assertEquals(1, findings.size(), findings::toString);
        assertEquals(Finding.Verdict.FAIL, findings.get(0).verdict());
        String said = findings.get(0).toString();
        assertTrue(
                said.contains("from driver at 127.0.0.1 to executor 1 at 127.0.0.2:" + there.port() + ": tcp connection"
                        + " refused; udp "),
                said);
        assertTrue(
                said.endsWith("Open TCP or UDP port " + there.port() + " of 127.0.0.2 for 127.0.0.1;"
                        + " spark.lockstep.port.first and .last name the ports"),
                said);
    }

    @Test
    void silentUdpBesideTcpIsAWarning() throws IOException {
        try (DatagramSocket silent = new DatagramSocket(0, InetAddress.getByName("127.0.0.2"))) {
            Station station = new Station("executor 1", "127.0.0.2", silent.getLocalPort());
            PathResult udp = UdpPath.probe(station, PATIENCE_MS);
            assertEquals("udp 0 of 745 datagrams answered in 500 ms", udp.toString());
            Finding finding = Paths.closed(HERE, station, PathResult.of("tcp", 5_000_000, 0), udp);

            assertEquals(Finding.Verdict.WARN, finding.verdict());
            assertTrue(finding.toString().contains("tcp 1 MiB in 5 ms; udp 0 of 745"), finding::toString);
            assertTrue(finding.toString().contains("open UDP port " + station.port()), finding::toString);
        }
    }

    @Test
    void whatIsAtTheSameAddressIsNotTried() {
        assertEquals(
                "[ok    paths            nobody is at another address]",
                Paths.examine(HERE, List.of(new Station("executor 2", "127.0.0.1", 9)))
                        .toString());
    }

    @Test
    void aRangeOfPortsIsHeldTo() throws IOException {
        InetAddress address = InetAddress.getByName("127.0.0.3");
        try (ServerSocket taken = new ServerSocket()) {
            taken.bind(new InetSocketAddress(address, 0));
            int port = taken.getLocalPort();
            String said = assertThrows(IOException.class, () -> PathListener.open("127.0.0.1", address, port, port))
                    .getMessage();
            assertEquals(
                    "No port is free for TCP and UDP: address=127.0.0.3, first=" + port + ", last=" + port
                            + ". Name others by spark.lockstep.port.first and .last.",
                    said);
        }
    }

    @Test
    void theAddressIsTheOneThatGradientsWouldTake() throws IOException {
        NetworkSettings named = NetworkSettings.of("no such name").withWithin("127.0.0.0/8");
        try (PathListener there =
                PathListener.open(named.withPorts(NetworkSettings.NO_PORT, NetworkSettings.NO_PORT))) {
            assertEquals("127.0.0.1", there.station("driver").address());
        }
        String said = assertThrows(
                        ParamException.class,
                        () -> PathListener.open(NetworkSettings.of("x").withWithin("198.51.100.0/24")))
                .getMessage();
        assertTrue(
                said.startsWith("No address of this machine is in the network: spark.lockstep.host=198.51.100.0/24"),
                said);
    }

    private static PathListener listener(String address) throws IOException {
        return PathListener.open(NetworkSettings.of(address));
    }
}

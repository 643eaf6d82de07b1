package dev.lockstep.deploy.doctor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lockstep.params.ParamException;
import dev.lockstep.params.link.NetworkSettings;
import dev.lockstep.params.link.Protocol;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Loopback has addresses enough for two hosts, and a port where nobody answers for a firewall. */
class PathsTest {
    private static final int PATIENCE_MS = 20_000;
    private static final int SHORT_MS = 500;
    private static final int TRIES = 50;
    private static final Station HERE = new Station("driver", "127.0.0.1", 1);

    @Test
    void anOpenWayIsMeasuredByBothProtocols() throws IOException {
        try (PathListener there = listener("127.0.0.2")) {
            List<Way> ways = measureAtEase(there.station("executor 1"));
            List<Finding> findings = Paths.findings(HERE, ways, Protocol.AUTO);

            assertEquals(1, findings.size(), findings::toString);
            assertEquals(Finding.Verdict.OK, findings.get(0).verdict(), findings::toString);
            assertTrue(
                    findings.get(0)
                            .found()
                            .matches(
                                    "to 1 at other addresses: tcp \\d+ MiB/s, round trip [\\d.]+ ms; udp 0\\.\\d % lost;"
                                            + " MTU \\d+"),
                    findings::toString);
            assertTrue(ways.get(0).tcp().mebibytesPerSecond() > 1, ways::toString);
            assertTrue(ways.get(0).carriesMtu());
        }
    }

    /** A machine that is busy is slow for a moment. */
    private static List<Way> measureAtEase(Station to) {
        List<Way> ways = measure(HERE, to);
        for (int i = 1; i < TRIES && PathQuality.of(HERE, ways.get(0)).verdict() != Finding.Verdict.OK; i++) {
            ways = measure(HERE, to);
        }
        return ways;
    }

    @Test
    void aWayThatIsClosedIsAFailureThatNamesBothEndsAndWhatToOpen() throws IOException {
        PathListener gone = listener("127.0.0.2");
        Station there = gone.station("executor 1");
        gone.close();
        List<Finding> findings = Paths.findings(HERE, measure(HERE, there), Protocol.AUTO);

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
    void silentUdpIsAWarningWhereTcpWillDoAndAFailureWhereItIsWanted() throws IOException {
        try (DatagramSocket silent = new DatagramSocket(0, InetAddress.getByName("127.0.0.2"))) {
            Station station = new Station("executor 1", "127.0.0.2", silent.getLocalPort());
            PathResult udp = UdpPath.probe(station, /* length */ 1408, SHORT_MS);
            assertEquals("udp 0 of 1 datagrams answered in 500 ms", udp.toString());

            Finding warned = closed(station, udp, Protocol.AUTO);
            assertEquals(Finding.Verdict.WARN, warned.verdict());
            assertTrue(warned.found().contains("tcp 80 MiB/s, round trip 0.50 ms; udp 0 of 1"), warned::toString);
            assertTrue(warned.fix().contains("open UDP port " + station.port()), warned::toString);
            assertEquals(
                    Finding.Verdict.FAIL, closed(station, udp, Protocol.UDP).verdict());
            assertEquals(
                    "to 1 at other addresses: tcp 80 MiB/s, round trip 0.50 ms; udp 0.0 % lost; MTU 1500",
                    closed(station, udp, Protocol.TCP).found(), "UDP is not asked for");
        }
    }

    private static Finding closed(Station to, PathResult udp, Protocol protocol) {
        Way way = new Way(to, tcp(50_000_000, 500_000), udp, 1500, true);
        List<Finding> findings = Paths.findings(HERE, List.of(way), protocol);
        assertEquals(1, findings.size(), findings::toString);
        return findings.get(0);
    }

    @ParameterizedTest
    @CsvSource({
        "50000000, 500000, 0, 1500, true, OK, ''",
        "400000000, 500000, 0, 1500, true, WARN, a slow network",
        "50000000, 20000000, 0, 1500, true, WARN, a long way",
        "50000000, 500000, 0.02, 1500, true, WARN, packets get lost",
        "50000000, 500000, 0, 9000, false, WARN, packets of 9000 bytes",
    })
    void aWayThatIsSlowLongLossyOrNarrowIsAWarning(
            long ns, long roundTripNs, double lost, int mtu, boolean carries, Finding.Verdict verdict, String said) {
        Station to = new Station("executor 1", "10.0.0.2", 4);
        PathResult udp = new PathResult("udp", null, 1 << 20, 1, 1, lost, 0);
        Way way = new Way(to, tcp(ns, roundTripNs), udp, mtu, carries);
        Finding finding = Paths.findings(HERE, List.of(way), Protocol.AUTO).get(0);

        assertEquals(verdict, finding.verdict(), finding::toString);
        assertTrue(finding.found().contains(said), finding::toString);
    }

    private static PathResult tcp(long ns, long roundTripNs) {
        return new PathResult("tcp", null, 4 << 20, ns, roundTripNs, 0, 0);
    }

    @Test
    void aClockThatIsAMinuteAheadIsFoundAndTheExecutorNamed() throws IOException {
        NetworkSettings network = NetworkSettings.of("127.0.0.2");
        try (PathListener early = PathListener.open(network, () -> System.currentTimeMillis() + 60_000);
                PathListener right = listener("127.0.0.3")) {
            Station there = early.station("executor 1");
            Finding finding = ClockProbe.examine(measure(HERE, there, right.station("executor 2")));

            assertEquals(Finding.Verdict.WARN, finding.verdict(), finding::toString);
            assertTrue(finding.found().matches("ahead of this machine's: " + there + ": (60|59) s"), finding::toString);
            assertTrue(finding.fix().contains("chronyc makestep"), finding::toString);
        }
    }

    @Test
    void clocksOfOneMachineAgree() throws IOException {
        try (PathListener there = listener("127.0.0.2")) {
            Finding finding = ClockProbe.examine(measure(HERE, there.station("executor 1")));

            assertEquals(Finding.Verdict.OK, finding.verdict(), finding::toString);
        }
    }

    @Test
    void whatIsAtTheSameAddressIsNotTried() {
        assertEquals(
                "[ok    paths            nobody is at another address]",
                Paths.findings(HERE, measure(HERE, new Station("executor 2", "127.0.0.1", 9)), Protocol.AUTO)
                        .toString());
    }

    @Test
    void aRangeOfPortsIsHeldTo() throws IOException {
        InetAddress address = InetAddress.getByName("127.0.0.3");
        try (ServerSocket taken = new ServerSocket()) {
            taken.bind(new InetSocketAddress(address, 0));
            int port = taken.getLocalPort();
            String said = assertThrows(
                            IOException.class, () -> PathListener.open("127.0.0.1", address, port, port, () -> 0))
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

    private static List<Way> measure(Station from, Station... to) {
        return Paths.measure(from, List.of(to), NetworkSettings.of("127.0.0.1"), PATIENCE_MS);
    }

    private static PathListener listener(String address) throws IOException {
        return PathListener.open(NetworkSettings.of(address));
    }
}

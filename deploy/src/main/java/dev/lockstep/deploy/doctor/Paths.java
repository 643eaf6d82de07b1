package dev.lockstep.deploy.doctor;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.NetworkInterface;
import java.util.ArrayList;
import java.util.List;
import java.util.LongSummaryStatistics;

/** The ways from this process to all others that are at other addresses, by TCP and by UDP. */
final class Paths {
    private static final int PATIENCE_MS = 3_000;
    private static final int HEADERS = 28;

    private Paths() {}

    /** One finding for all ways that are open, and one for each that is not. */
    static List<Finding> examine(Station from, List<Station> all) {
        return examine(from, all, PATIENCE_MS);
    }

    static List<Finding> examine(Station from, List<Station> all, int patienceMs) {
        List<Finding> closed = new ArrayList<>();
        LongSummaryStatistics tcp = new LongSummaryStatistics();
        LongSummaryStatistics udp = new LongSummaryStatistics();
        int smallestMtu = Integer.MAX_VALUE;
        for (Station to : all) {
            if (to.address().equals(from.address())) {
                continue;
            }
            PathResult byTcp = TcpPath.probe(to, patienceMs);
            PathResult byUdp = UdpPath.probe(to, patienceMs);
            if (byTcp.isOpen() && byUdp.isOpen()) {
                tcp.accept(byTcp.ms());
                udp.accept(byUdp.ms());
                smallestMtu = Math.min(smallestMtu, mtu(to, patienceMs, closed));
            } else {
                closed.add(closed(from, to, byTcp, byUdp));
            }
        }

        List<Finding> findings = new ArrayList<>();
        if (tcp.getCount() > 0) {
            findings.add(Finding.ok(
                    "paths",
                    "1 MiB to each of " + tcp.getCount() + " at other addresses: tcp " + range(tcp) + ", udp "
                            + range(udp) + ", MTU " + smallestMtu));
        }
        findings.addAll(closed);
        return findings.isEmpty() ? List.of(Finding.ok("paths", "nobody is at another address")) : findings;
    }

    private static String range(LongSummaryStatistics ms) {
        return ms.getMin() == ms.getMax() ? ms.getMin() + " ms" : ms.getMin() + " to " + ms.getMax() + " ms";
    }

    static Finding closed(Station from, Station to, PathResult tcp, PathResult udp) {
        String found = "from " + from.process() + " at " + from.address() + " to " + to + ": " + tcp + "; " + udp;
        String ports = "; spark.lockstep.port.first and .last name the ports";
        if (!tcp.isOpen() && !udp.isOpen()) {
            return Finding.fail(
                    "path",
                    found,
                    "Open TCP or UDP port " + to.port() + " of " + to.address() + " for " + from.address() + ports);
        }

        String missing = tcp.isOpen() ? "UDP" : "TCP";
        return Finding.warn(
                "path",
                found,
                "Training uses the other; for spark.lockstep.transport="
                        + missing.toLowerCase(java.util.Locale.ROOT) + " open " + missing + " port " + to.port()
                        + " of "
                        + to.address() + " for " + from.address() + ports);
    }

    /** What the interface towards a station says; whether packets of that length get through is tried. */
    private static int mtu(Station to, int patienceMs, List<Finding> findings) {
        try (DatagramSocket socket = new DatagramSocket()) {
            socket.connect(to.socket());
            NetworkInterface way = NetworkInterface.getByInetAddress(socket.getLocalAddress());
            int mtu = way.getMTU();
            if (!UdpPath.passes(to, Math.min(mtu - HEADERS, UdpPath.LONGEST), patienceMs)) {
                findings.add(Finding.warn(
                        "mtu",
                        "packets of " + mtu + " bytes, as " + way.getName() + " sends them, do not get to " + to,
                        "Set the interface's MTU to what the whole path carries"));
            }
            return mtu;
        } catch (IOException e) {
            findings.add(Finding.warn("mtu", "could not be tried: " + e.getMessage(), "Look at the interface"));
            return 0;
        }
    }
}

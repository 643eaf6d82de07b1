package dev.lockstep.deploy.doctor;

import dev.lockstep.params.link.NetworkSettings;
import dev.lockstep.params.link.Protocol;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.NetworkInterface;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** The ways from this process to all others that are at other addresses, by TCP and by UDP. */
final class Paths {
    private static final int PATIENCE_MS = 3_000;
    private static final int HEADERS = 28;

    private Paths() {}

    static List<Way> measure(Station from, List<Station> all, NetworkSettings network) {
        return measure(from, all, network, PATIENCE_MS);
    }

    static List<Way> measure(Station from, List<Station> all, NetworkSettings network, int patienceMs) {
        List<Station> others = new ArrayList<>(all);
        others.removeIf(to -> to.address().equals(from.address()));
        // Not everybody begins with the same one, whose rate would be shared by all.
        Collections.rotate(others, from.port());
        List<Way> ways = new ArrayList<>();
        for (Station to : others) {
            PathResult tcp = TcpPath.probe(to, patienceMs);
            PathResult udp = UdpPath.probe(to, network.mtu(), patienceMs);
            int mtu = interfaceMtu(to);
            int longest = Math.min(mtu - HEADERS, UdpPath.LONGEST);
            boolean isTried = udp.isOpen() && mtu > 0;
            ways.add(new Way(to, tcp, udp, mtu, !isTried || UdpPath.passes(to, longest, patienceMs)));
        }
        return ways;
    }

    /** What the interface towards a station sends in a packet; 0 where that cannot be told. */
    private static int interfaceMtu(Station to) {
        try (DatagramSocket socket = new DatagramSocket()) {
            socket.connect(to.socket());
            return NetworkInterface.getByInetAddress(socket.getLocalAddress()).getMTU();
        } catch (IOException e) {
            return 0;
        }
    }

    /** One finding for all ways that are as they should be, and one for each that is not. */
    static List<Finding> findings(Station from, List<Way> ways, Protocol protocol) {
        List<Finding> findings = new ArrayList<>();
        List<Way> good = new ArrayList<>();
        for (Way way : ways) {
            Finding finding = way.isOpen() ? PathQuality.of(from, way) : closed(from, way, protocol);
            if (finding.verdict() == Finding.Verdict.OK) {
                good.add(way);
            } else {
                findings.add(finding);
            }
        }

        if (!good.isEmpty()) {
            findings.add(0, PathQuality.ofAll(good));
        }
        return findings.isEmpty() ? List.of(Finding.ok("paths", "nobody is at another address")) : findings;
    }

    private static Finding closed(Station from, Way way, Protocol protocol) {
        Station to = way.to();
        String found =
                "from " + from.process() + " at " + from.address() + " to " + to + ": " + way.tcp() + "; " + way.udp();
        String ends = " port " + to.port() + " of " + to.address() + " for " + from.address()
                + "; spark.lockstep.port.first and .last name the ports";
        boolean fails = !(protocol.hasTcp() && way.tcp().isOpen())
                && !(protocol.hasUdp() && way.udp().isOpen());
        if (fails) {
            return Finding.fail("path", found, "Open " + names(protocol) + ends);
        }
        if (protocol != Protocol.AUTO) {
            return Finding.ok("path", found);
        }
        String missing = way.tcp().isOpen() ? "UDP" : "TCP";
        return Finding.warn("path", found, "Training uses the other, which is slower: open " + missing + ends);
    }

    private static String names(Protocol protocol) {
        return protocol == Protocol.AUTO ? "TCP or UDP" : protocol.name();
    }
}

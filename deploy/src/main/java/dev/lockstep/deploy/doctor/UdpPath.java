package dev.lockstep.deploy.doctor;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.PortUnreachableException;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.util.BitSet;

/** The way to a station by UDP: a MiB, each datagram answered and at most {@value #WINDOW} under way. */
final class UdpPath {
    /** Bytes of a datagram that come back: its number. */
    static final int ANSWER = 4;

    /** That IPv4 has. */
    static final int LONGEST = 65_507;

    private static final int BYTES = 1 << 20;
    private static final int WINDOW = 32;
    private static final int REPEAT_MS = 200;

    private UdpPath() {}

    /** @param length of the datagrams */
    static PathResult probe(Station to, int length, int patienceMs) {
        PathResult one = exchange(to, length, /* count */ 1, patienceMs);
        PathResult all = one.isOpen() ? exchange(to, length, BYTES / length + 1, patienceMs) : one;
        return all.isOpen()
                ? new PathResult("udp", null, all.bytes(), all.ns(), one.ns(), all.lost(), /* aheadMs */ 0)
                : all;
    }

    /** Whether datagrams of one length get there. */
    static boolean passes(Station to, int length, int patienceMs) {
        return exchange(to, length, /* count */ 1, patienceMs).isOpen();
    }

    private static PathResult exchange(Station to, int length, int count, int patienceMs) {
        try (DatagramSocket socket = new DatagramSocket()) {
            socket.connect(to.socket());
            socket.setSoTimeout(REPEAT_MS);
            return exchange(socket, length, count, patienceMs);
        } catch (PortUnreachableException e) {
            return PathResult.closed("udp", "port unreachable");
        } catch (IOException e) {
            return PathResult.closed("udp", String.valueOf(e.getMessage()).toLowerCase(java.util.Locale.ROOT));
        }
    }

    private static PathResult exchange(DatagramSocket socket, int length, int count, int patienceMs)
            throws IOException {
        BitSet answered = new BitSet(count);
        DatagramPacket answer = new DatagramPacket(new byte[ANSWER], ANSWER);
        long startNs = System.nanoTime();
        int sent = 0;
        int again = 0;
        int answers = 0;
        while (answered.cardinality() < count) {
            if (System.nanoTime() - startNs > patienceMs * 1_000_000L) {
                return PathResult.closed(
                        "udp",
                        answered.cardinality() + " of " + count + " datagrams answered in " + patienceMs + " ms");
            }
            for (; sent < count && sent - answered.cardinality() < WINDOW; sent++) {
                send(socket, sent, length);
            }
            try {
                socket.receive(answer);
                answers++;
                int number = ByteBuffer.wrap(answer.getData()).getInt();
                if (number >= 0 && number < sent) {
                    answered.set(number);
                }
            } catch (SocketTimeoutException e) {
                for (int i = answered.nextClearBit(0); i < sent; i = answered.nextClearBit(i + 1)) {
                    send(socket, i, length);
                    again++;
                }
            }
        }

        long ns = System.nanoTime() - startNs;
        int lost = count + again - answers - late(socket, count + again - answers);
        long bytes = (long) count * length;
        return new PathResult("udp", null, bytes, ns, /* roundTripNs */ 0, (double) lost / (count + again), 0);
    }

    /** Answers that come yet: an end that was busy for a moment answers twice what was sent again, and lost nothing. */
    private static int late(DatagramSocket socket, int most) throws IOException {
        DatagramPacket answer = new DatagramPacket(new byte[ANSWER], ANSWER);
        int late = 0;
        try {
            for (; late < most; late++) {
                socket.receive(answer);
            }
        } catch (SocketTimeoutException e) {
            return late;
        }
        return late;
    }

    private static void send(DatagramSocket socket, int number, int length) throws IOException {
        byte[] bytes = ByteBuffer.allocate(length).putInt(number).array();
        socket.send(new DatagramPacket(bytes, length));
    }
}

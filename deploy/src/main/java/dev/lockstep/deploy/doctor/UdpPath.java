package dev.lockstep.deploy.doctor;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.PortUnreachableException;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.util.BitSet;

/** Whether a MiB gets from here to a station by UDP, each datagram answered; at most {@value #WINDOW} under way. */
final class UdpPath {
    /** Bytes of a datagram that come back: its number. */
    static final int ANSWER = 4;

    /** That IPv4 has. */
    static final int LONGEST = 65_507;

    private static final int WINDOW = 32;
    private static final int REPEAT_MS = 200;
    private static final int COUNT = TcpPath.BYTES / NetworkProbes.DATAGRAM + 1;

    private UdpPath() {}

    static PathResult probe(Station to, int patienceMs) {
        return probe(to, NetworkProbes.DATAGRAM, COUNT, patienceMs);
    }

    /** Whether datagrams of one length get there. */
    static boolean passes(Station to, int length, int patienceMs) {
        return probe(to, length, /* count */ 1, patienceMs).isOpen();
    }

    private static PathResult probe(Station to, int length, int count, int patienceMs) {
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

        return PathResult.of("udp", System.nanoTime() - startNs, again);
    }

    private static void send(DatagramSocket socket, int number, int length) throws IOException {
        byte[] bytes = ByteBuffer.allocate(length).putInt(number).array();
        socket.send(new DatagramPacket(bytes, length));
    }
}

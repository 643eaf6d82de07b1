package dev.lockstep.deploy.doctor;

import dev.lockstep.params.link.NetworkSettings;
import dev.lockstep.params.link.aeron.OwnAddress;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.function.LongSupplier;

/**
 * Answers the other processes of an examined cluster, at one port for TCP and UDP, until it is closed or its process
 * ends: a connection as {@link TcpPath} has it, a datagram with its first bytes.
 */
final class PathListener implements AutoCloseable {
    private static final int BACKLOG = 64;
    private static final int SLOWEST_MS = 10_000;
    private static final int CLOSING_MS = 1_000;
    private static final int ANY = 0;
    private static final int TRIES = 10;

    private static PathListener ofThisProcess;

    private final String announced;
    private final ServerSocket tcp;
    private final DatagramSocket udp;
    private final LongSupplier clockMs;
    private final List<Thread> serving;

    private PathListener(String announced, ServerSocket tcp, DatagramSocket udp, LongSupplier clockMs) {
        this.announced = announced;
        this.tcp = tcp;
        this.udp = udp;
        this.clockMs = clockMs;
        this.serving = List.of(start(this::serveTcp, "doctor-tcp"), start(this::serveUdp, "doctor-udp"));
    }

    /** The one of this process, which several tasks may ask for. */
    static synchronized PathListener ofThisProcess(NetworkSettings network) throws IOException {
        if (ofThisProcess == null) {
            ofThisProcess = open(network);
        }
        return ofThisProcess;
    }

    /**
     * At the address and a port that gradients would take.
     *
     * @throws dev.lockstep.params.ParamException if this machine has no such address
     */
    static PathListener open(NetworkSettings network) throws IOException {
        return open(network, System::currentTimeMillis);
    }

    static PathListener open(NetworkSettings network, LongSupplier clockMs) throws IOException {
        OwnAddress own = OwnAddress.of(network);
        int first = Math.max(ANY, network.firstPort());
        int last = Math.max(first, network.lastPort());
        return open(own.announced(), InetAddress.getByName(own.bound()), first, last, clockMs);
    }

    /** Takes the first port of a range that is free for both protocols. */
    static PathListener open(String announced, InetAddress address, int first, int last, LongSupplier clockMs)
            throws IOException {
        IOException taken = null;
        for (int port = first; port <= (first == ANY ? first + TRIES : last); port++) {
            ServerSocket tcp = new ServerSocket();
            try {
                tcp.bind(new InetSocketAddress(address, first == ANY ? ANY : port), BACKLOG);
                DatagramSocket udp = new DatagramSocket(tcp.getLocalPort(), address);
                return new PathListener(announced, tcp, udp, clockMs);
            } catch (IOException e) {
                tcp.close();
                taken = e;
            }
        }

        throw new IOException(
                "No port is free for TCP and UDP: address=" + address.getHostAddress() + ", first=" + first + ", last="
                        + last + ". Name others by spark.lockstep.port.first and .last.",
                taken);
    }

    private static Thread start(Runnable work, String name) {
        Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    Station station(String process) {
        return new Station(process, announced, tcp.getLocalPort());
    }

    private void serveTcp() {
        while (!tcp.isClosed()) {
            try {
                Socket socket = tcp.accept();
                // On its own: one that stalls in the middle keeps no other waiting.
                start(() -> serve(socket), "doctor-tcp-connection");
            } catch (IOException e) {
                // Closed, or somebody has gone before being answered.
            }
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            socket.setSoTimeout(SLOWEST_MS);
            TcpPath.answer(socket, clockMs);
        } catch (IOException e) {
            // Whoever has connected says what it saw.
        }
    }

    private void serveUdp() {
        DatagramPacket packet = new DatagramPacket(new byte[1 << 16], 1 << 16);
        while (!udp.isClosed()) {
            try {
                packet.setLength(1 << 16);
                udp.receive(packet);
                // Shorter than what has come, so that nobody can use it to flood somebody else.
                packet.setLength(Math.min(packet.getLength(), UdpPath.ANSWER));
                udp.send(packet);
            } catch (IOException e) {
                // Closed, or the answer could not be sent: it is asked for again.
            }
        }
    }

    /** From its return on nobody answers: a port stays open while a thread still waits at it. */
    @Override
    public void close() throws IOException {
        tcp.close();
        udp.close();
        try {
            for (Thread thread : serving) {
                thread.join(CLOSING_MS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}

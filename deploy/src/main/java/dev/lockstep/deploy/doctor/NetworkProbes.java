package dev.lockstep.deploy.doctor;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.StandardSocketOptions;
import java.net.UnknownHostException;
import java.nio.channels.DatagramChannel;
import java.util.Collections;
import java.util.List;

/** What training needs of the network: UDP for gradients between machines. */
final class NetworkProbes {
    /** The longest datagram that Aeron sends by default, with the headers of UDP and IPv4. */
    static final int DATAGRAM = 1408;

    private static final int HEADERS = 28;
    private static final int WANTED_BUFFER = 2 << 20;
    private static final int PATIENCE_MS = 2000;

    private NetworkProbes() {}

    static Finding hostName() {
        try {
            InetAddress here = InetAddress.getLocalHost();
            return Finding.ok("host name", here.getHostName() + " is " + here.getHostAddress());
        } catch (UnknownHostException e) {
            return Finding.warn(
                    "host name",
                    "it has no address: " + e.getMessage().replaceFirst(":.*", ""),
                    "Add it to /etc/hosts, or set SPARK_LOCAL_IP to an address that the cluster's machines reach");
        }
    }

    static Finding loopback() throws IOException {
        InetAddress here = InetAddress.getLoopbackAddress();
        try (DatagramSocket receiver = new DatagramSocket(0, here);
                DatagramSocket sender = new DatagramSocket(0, here)) {
            receiver.setSoTimeout(PATIENCE_MS);
            sender.send(new DatagramPacket(new byte[DATAGRAM], DATAGRAM, here, receiver.getLocalPort()));
            DatagramPacket received = new DatagramPacket(new byte[DATAGRAM], DATAGRAM);
            receiver.receive(received);
            return Finding.ok("udp", received.getLength() + " bytes went through " + here.getHostAddress());
        } catch (SocketTimeoutException e) {
            return Finding.fail(
                    "udp",
                    "nothing came back through " + here.getHostAddress() + " in " + PATIENCE_MS + " ms",
                    "Let the firewall pass UDP between the machines of the job");
        }
    }

    static Finding mtu() throws SocketException {
        int smallest = Integer.MAX_VALUE;
        StringBuilder found = new StringBuilder();
        List<NetworkInterface> interfaces = Collections.list(NetworkInterface.getNetworkInterfaces());
        for (NetworkInterface each : interfaces) {
            if (each.isUp() && !each.isLoopback() && each.getMTU() > 0) {
                smallest = Math.min(smallest, each.getMTU());
                found.append(found.isEmpty() ? "" : ", ")
                        .append(each.getName())
                        .append(' ')
                        .append(each.getMTU());
            }
        }

        return mtu(smallest, found.isEmpty() ? "no interface but the loopback" : found.toString());
    }

    static Finding mtu(int smallest, String found) {
        return smallest >= DATAGRAM + HEADERS
                ? Finding.ok("mtu", found)
                : Finding.warn(
                        "mtu",
                        found + ", a frame between machines needs " + (DATAGRAM + HEADERS),
                        "Raise the MTU: frames are fragmented, and one lost fragment loses the frame");
    }

    static Finding buffers() throws IOException {
        try (DatagramChannel channel = DatagramChannel.open()) {
            channel.setOption(StandardSocketOptions.SO_RCVBUF, WANTED_BUFFER);
            channel.setOption(StandardSocketOptions.SO_SNDBUF, WANTED_BUFFER);
            int receive = channel.getOption(StandardSocketOptions.SO_RCVBUF);
            int send = channel.getOption(StandardSocketOptions.SO_SNDBUF);
            return buffers(receive, send);
        }
    }

    static Finding buffers(int receive, int send) {
        String found = "receive " + (receive >> 10) + " KiB, send " + (send >> 10) + " KiB";
        return Math.min(receive, send) >= WANTED_BUFFER
                ? Finding.ok("socket buffers", found)
                : Finding.warn(
                        "socket buffers",
                        found + " granted of " + (WANTED_BUFFER >> 10),
                        "Only between machines: sysctl -w net.core.rmem_max=4194304 net.core.wmem_max=4194304");
    }
}

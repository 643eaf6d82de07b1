package dev.lockstep.params.link.aeron;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.SocketOption;
import java.net.StandardSocketOptions;
import java.nio.channels.DatagramChannel;

/**
 * The socket buffers that the machine grants when asked for 2 MiB. Linux gives at most {@code net.core.rmem_max}, 208
 * KiB on stock kernels; a window beyond it would lose packets, and Aeron refuses to start with one.
 *
 * @param receive bytes
 * @param send bytes
 */
record SocketBuffers(int receive, int send) {
    static final int WANTED = 2 << 20;

    private static final int LEAST_PACKETS = 8;

    static SocketBuffers probe() {
        try (DatagramChannel channel = DatagramChannel.open()) {
            return new SocketBuffers(
                    granted(channel, StandardSocketOptions.SO_RCVBUF),
                    granted(channel, StandardSocketOptions.SO_SNDBUF));
        } catch (IOException e) {
            throw new UncheckedIOException("Socket buffers cannot be measured", e);
        }
    }

    private static int granted(DatagramChannel channel, SocketOption<Integer> option) throws IOException {
        channel.setOption(option, WANTED);
        return Math.min(WANTED, channel.getOption(option));
    }

    /**
     * Links that may end on the one socket: each inbox here with each of another machine, and nobody knows yet how many
     * of them are where. Half of them here is the worst.
     */
    static int senders(int peers) {
        int inboxes = peers + 1;
        return (inboxes / 2) * (inboxes - inboxes / 2);
    }

    /**
     * Bytes that each sender may have under way. All senders share the one socket, so that their windows together must
     * fit its buffer: when it overflows, packets are lost, asked for and sent again, and nothing gets through.
     *
     * @param senders links that end here
     */
    int window(int senders, int termLength, int mtu) {
        int fair = receive / Math.max(1, senders);
        return Math.max(LEAST_PACKETS * mtu, Math.min(fair, termLength / 2));
    }
}

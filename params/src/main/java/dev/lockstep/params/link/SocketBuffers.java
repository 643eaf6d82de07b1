package dev.lockstep.params.link;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.SocketOption;
import java.net.StandardSocketOptions;
import java.nio.channels.DatagramChannel;

/**
 * The socket buffers that the machine grants when asked for 2 MiB. Linux gives at most {@code net.core.rmem_max}, 208 KiB on stock
 * kernels; a window beyond it would lose packets, and Aeron refuses to start with one.
 *
 * @param receive bytes
 * @param send bytes
 */
record SocketBuffers(int receive, int send) {
    static final int WANTED = 2 << 20;

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

    /** Bytes that a receiver lets be under way, within what is granted and half a term. */
    int window(int termLength) {
        return Math.min(receive, termLength / 2);
    }
}

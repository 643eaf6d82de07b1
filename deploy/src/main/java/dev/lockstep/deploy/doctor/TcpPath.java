package dev.lockstep.deploy.doctor;

import java.io.IOException;
import java.net.Socket;
import java.net.SocketTimeoutException;

/** Whether a MiB gets from here to a station by TCP. */
final class TcpPath {
    static final int BYTES = 1 << 20;

    private TcpPath() {}

    /** How long the station took to have it all. */
    static PathResult probe(Station to, int patienceMs) {
        long startNs = System.nanoTime();
        try (Socket socket = new Socket()) {
            socket.setTcpNoDelay(true);
            socket.connect(to.socket(), patienceMs);
            socket.setSoTimeout(patienceMs);
            socket.getOutputStream().write(new byte[BYTES]);
            return socket.getInputStream().read() == 1
                    ? PathResult.of("tcp", System.nanoTime() - startNs, /* again */ 0)
                    : PathResult.closed("tcp", "ended in the middle");
        } catch (SocketTimeoutException e) {
            return PathResult.closed("tcp", "no answer in " + patienceMs + " ms");
        } catch (IOException e) {
            return PathResult.closed("tcp", String.valueOf(e.getMessage()).toLowerCase(java.util.Locale.ROOT));
        }
    }
}

package dev.lockstep.params.link.stream;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A cable between a sender and a port that can be cut, and mended. */
final class Wire implements AutoCloseable {
    private final ServerSocket server;
    private final int to;
    private final List<Socket> sockets = new CopyOnWriteArrayList<>();
    private volatile boolean cut;
    private volatile boolean muted;

    Wire(int to) throws IOException {
        this.server = new ServerSocket();
        this.to = to;
        server.bind(new InetSocketAddress(StreamLinkTest.LOOPBACK, 0));
        start(this::take);
    }

    int port() {
        return server.getLocalPort();
    }

    void cut() throws IOException {
        this.cut = true;
        for (Socket socket : sockets) {
            socket.close();
        }
    }

    /** Swallows everything from now on, as a firewall does that has changed its mind. */
    void mute() {
        this.muted = true;
    }

    void mend() {
        this.cut = false;
    }

    private void take() throws IOException {
        while (true) {
            Socket near = server.accept();
            if (cut) {
                near.close();
                continue;
            }

            Socket far = new Socket(StreamLinkTest.LOOPBACK, to);
            sockets.add(near);
            sockets.add(far);
            start(() -> copy(near, far));
            start(() -> copy(far, near));
        }
    }

    private void copy(Socket from, Socket to) throws IOException {
        byte[] bytes = new byte[1 << 16];
        try (InputStream in = from.getInputStream();
                OutputStream out = to.getOutputStream()) {
            for (int read = in.read(bytes); read >= 0; read = in.read(bytes)) {
                out.write(bytes, 0, muted ? 0 : read);
            }
        }
    }

    private interface Work {
        void run() throws IOException;
    }

    private static void start(Work work) {
        Thread thread = new Thread(() -> {
            try {
                work.run();
            } catch (IOException e) {
                // A cable that is cut.
            }
        });
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() throws IOException {
        server.close();
        cut();
    }
}

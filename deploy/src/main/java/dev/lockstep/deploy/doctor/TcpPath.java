package dev.lockstep.deploy.doctor;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.function.LongSupplier;

/**
 * The way to a station by TCP. The client asks for the time so and so often, then sends so and so many bytes and waits
 * for one.
 */
final class TcpPath {
    private static final int QUESTIONS = 8;
    private static final int BYTES = 4 << 20;
    private static final int PIECE = 1 << 16;

    private TcpPath() {}

    static PathResult probe(Station to, int patienceMs) {
        try (Socket socket = new Socket()) {
            socket.setTcpNoDelay(true);
            socket.connect(to.socket(), patienceMs);
            socket.setSoTimeout(patienceMs);
            return exchange(socket);
        } catch (SocketTimeoutException e) {
            return PathResult.closed("tcp", "no answer in " + patienceMs + " ms");
        } catch (IOException e) {
            return PathResult.closed("tcp", String.valueOf(e.getMessage()).toLowerCase(java.util.Locale.ROOT));
        }
    }

    private static PathResult exchange(Socket socket) throws IOException {
        DataOutputStream out = new DataOutputStream(socket.getOutputStream());
        DataInputStream in = new DataInputStream(socket.getInputStream());
        long roundTripNs = Long.MAX_VALUE;
        long aheadMs = 0;
        for (int question = 0; question < QUESTIONS; question++) {
            long askedNs = System.nanoTime();
            out.writeLong(question);
            long there = in.readLong();
            long ns = System.nanoTime() - askedNs;
            if (ns < roundTripNs) {
                roundTripNs = ns;
                aheadMs = there - (System.currentTimeMillis() - ns / 2_000_000);
            }
        }

        long startNs = System.nanoTime();
        byte[] piece = new byte[PIECE];
        for (int sent = 0; sent < BYTES; sent += PIECE) {
            out.write(piece);
        }
        return in.read() == 1
                ? new PathResult("tcp", null, BYTES, System.nanoTime() - startNs, roundTripNs, /* lost */ 0, aheadMs)
                : PathResult.closed("tcp", "ended in the middle");
    }

    /** The other end. */
    static void answer(Socket socket, LongSupplier clockMs) throws IOException {
        socket.setTcpNoDelay(true);
        DataOutputStream out = new DataOutputStream(socket.getOutputStream());
        DataInputStream in = new DataInputStream(socket.getInputStream());
        for (int question = 0; question < QUESTIONS; question++) {
            long unused = in.readLong();
            out.writeLong(clockMs.getAsLong());
        }

        byte[] piece = new byte[PIECE];
        int left = BYTES;
        for (int read = 0; read >= 0 && left > 0; left -= read) {
            read = in.read(piece, 0, Math.min(piece.length, left));
        }
        if (left == 0) {
            out.write(1);
        }
    }
}

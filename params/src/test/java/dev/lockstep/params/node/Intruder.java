package dev.lockstep.params.node;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lockstep.params.link.Address;
import dev.lockstep.params.link.Seal;
import dev.lockstep.params.link.Security;
import dev.lockstep.params.link.stream.StrangersHello;
import dev.lockstep.params.wire.ForgedFrames;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Somebody on the network who knows all but the key: a process's number, its inboxes, the job. Connects to a test's own
 * coordinator again and again and tells it to give the job up. Idle where frames are not sealed.
 */
final class Intruder implements AutoCloseable {
    private static final int ENOUGH = 200;

    private final Address victim;
    private final boolean attacks;
    private final AtomicInteger refused = new AtomicInteger();
    private final Thread thread = new Thread(this::run, "intruder");
    private volatile boolean running = true;

    Intruder(Address victim, Security security) {
        this.victim = victim;
        this.attacks = security != Security.NONE;
    }

    void start() {
        if (attacks) {
            thread.start();
        }
    }

    private void run() {
        while (running && refused.get() < ENOUGH) {
            try (Socket socket = new Socket(victim.host(), victim.port())) {
                socket.setSoTimeout(20_000);
                OutputStream out = socket.getOutputStream();
                out.write(says());
                socket.getInputStream().transferTo(OutputStream.nullOutputStream());
                refused.incrementAndGet();
            } catch (SocketTimeoutException e) {
                throw new AssertionError("The connection is held, though it has no credential", e);
            } catch (IOException e) {
                // Closed while it was still writing.
                refused.incrementAndGet();
            }
        }
    }

    Address victim() {
        return victim;
    }

    /** A hello without a credential, and behind it a whole frame, but for its seal. */
    byte[] says() {
        byte[] abort = abort();
        byte[] hello = StrangersHello.to(victim, new byte[Seal.CREDENTIAL]);
        return ByteBuffer.allocate(hello.length + abort.length)
                .put(hello)
                .put(abort)
                .array();
    }

    /** The process would obey it, if it came from within the machine. */
    private static byte[] abort() {
        byte[] frame = ForgedFrames.abort(Trainee.JOB, /* generation */ 1);
        return ByteBuffer.allocate(Integer.BYTES + frame.length)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(frame.length)
                .put(frame)
                .array();
    }

    void requireRefused() {
        assertTrue(!attacks || refused.get() > 0, "nobody was refused");
    }

    @Override
    public void close() {
        this.running = false;
        try {
            thread.join(30_000);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}

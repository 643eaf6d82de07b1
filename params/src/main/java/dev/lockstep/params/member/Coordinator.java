package dev.lockstep.params.member;

import dev.lockstep.params.AbortException;
import dev.lockstep.params.AbortException.Kind;
import dev.lockstep.params.Layout;
import dev.lockstep.params.ProtocolException;
import dev.lockstep.params.Segment;
import dev.lockstep.params.link.Address;
import dev.lockstep.params.link.FrameHandler;
import dev.lockstep.params.link.Transport;
import dev.lockstep.params.wire.Frame;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.agrona.DirectBuffer;

/**
 * Membership and bookkeeping of one job, in the driver: waits for the workers, says who hosts which shard, starts
 * segments, adds up reports, and tells everybody when somebody fails.
 *
 * <p>An agent: {@link #doWork} never blocks, and the other methods only leave word for it. Thread-safe, but for doWork
 * and close, which one thread at a time may call.
 */
public final class Coordinator implements AutoCloseable {
    private static final int FRAMES = 256;
    private static final long FAREWELL_NS = 1_000_000_000L;

    private final Endpoint endpoint;
    private final CoordinatorProtocol protocol;
    private final StepListener listener;
    private final Frame frame = new Frame();
    private final FrameHandler handler = this::onFrame;
    private final Queue<Runnable> commands = new ConcurrentLinkedQueue<>();
    private final Runnable onClose;

    /** @param onClose once, before the farewell */
    public Coordinator(
            ClusterSettings settings, Layout layout, StepListener listener, Transport transport, Runnable onClose) {
        this.endpoint = new Endpoint(transport);
        this.protocol = new CoordinatorProtocol(settings, layout, listener, endpoint);
        this.listener = listener;
        this.onClose = onClose;
    }

    /** Where workers join. */
    public Address address() {
        return endpoint.address();
    }

    /**
     * Opens the gang check for a segment: once all workers have joined and all shards stand at
     * {@code segment.before()}, it starts. Call it before the workers' tasks are sent out.
     */
    public void begin(Segment segment) {
        commands.add(() -> protocol.begin(segment));
    }

    /** Asks for an end after a step, the same for all workers: their {@code await} returns true. */
    public void stop() {
        commands.add(protocol::stop);
    }

    /** Gives the job up for everybody, unless somebody did before. */
    public void abort(Kind kind, String reason) {
        commands.add(() -> protocol.abort(new AbortException(kind, reason)));
    }

    /** Why the job was given up, if it was: the first cause. */
    public Optional<AbortException> failure() {
        return Optional.ofNullable(protocol.failure());
    }

    /**
     * The last step that all workers have reported; {@link #flush} makes sure that the listener has been told of it.
     */
    public long reported() {
        return protocol.reported();
    }

    /**
     * Returns once the listener has been told of every step that was reported.
     *
     * @throws RuntimeException what the listener threw, if it did
     */
    public void flush() {
        listener.flush();
    }

    /** 0 if there was nothing to do. */
    public int doWork() {
        int work = 0;
        try {
            work += runCommands();
            work += endpoint.poll(handler, FRAMES);
            protocol.tick();
            return work + endpoint.flush();
        } catch (Throwable e) {
            protocol.abort(broken(e));
            return 1;
        }
    }

    private static AbortException broken(Throwable e) {
        return new AbortException(AbortException.kindOf(e), "Coordinator cannot go on: cause=" + e);
    }

    private int runCommands() {
        int work = 0;
        for (Runnable command = commands.poll(); command != null; command = commands.poll()) {
            command.run();
            work++;
        }

        return work;
    }

    private void onFrame(DirectBuffer buffer, int offset, int length) {
        try {
            protocol.take(frame.wrap(buffer, offset, length));
        } catch (ProtocolException e) {
            // A frame that cannot be read has no effect, as one that is lost.
        } catch (AbortException e) {
            protocol.abort(e);
        } catch (Throwable e) {
            // Thrown further it would end in the inbox, and nobody would hear of it.
            protocol.abort(broken(e));
        }
    }

    /** Tells all members that the job is over; waits at most a second until they are told. */
    @Override
    public void close() {
        onClose.run();
        protocol.end();
        long startNs = System.nanoTime();
        do {
            doWork();
            Thread.yield();
        } while (!endpoint.isIdle() && System.nanoTime() - startNs < FAREWELL_NS);

        endpoint.close();
    }
}

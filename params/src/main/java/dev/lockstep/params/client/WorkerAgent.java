package dev.lockstep.params.client;

import dev.lockstep.params.AbortException;
import dev.lockstep.params.ParamException;
import dev.lockstep.params.ParamException.Outcome;
import dev.lockstep.params.ProtocolException;
import dev.lockstep.params.link.Address;
import dev.lockstep.params.link.FrameHandler;
import dev.lockstep.params.link.PlacingHandler;
import dev.lockstep.params.member.Endpoint;
import dev.lockstep.params.member.Roster;
import dev.lockstep.params.member.Timer;
import dev.lockstep.params.wire.Abort;
import dev.lockstep.params.wire.Frame;
import dev.lockstep.params.wire.FrameType;
import dev.lockstep.params.wire.Leave;
import dev.lockstep.params.wire.Seen;
import dev.lockstep.params.wire.Session;
import java.nio.ByteBuffer;
import java.util.HashSet;
import java.util.Set;
import org.agrona.DirectBuffer;

/**
 * What a worker's end does without ever blocking: joins, pushes, takes values, asks again, reports.
 * {@link WorkerClient} waits for it.
 *
 * <p>One thread at a time. Nothing is thrown from {@link #doWork}: {@link #requireSound} throws what went wrong.
 */
public final class WorkerAgent {
    private static final int FRAMES = 64;

    private final WorkerSettings settings;
    private final WorkerMemory memory;
    private final Endpoint endpoint;
    private final WorkerSession session;
    private final Reports reports;
    private final Timer repeat;
    private final Frame frame = new Frame();
    private final FrameHandler handler = new Incoming();
    private ShardTraffic traffic;
    private ParamException failure;
    private long dropped;

    /** @param endpoint stays the caller's to close */
    public WorkerAgent(WorkerSettings settings, WorkerMemory memory, Endpoint endpoint) {
        this.settings = settings;
        this.memory = memory;
        this.endpoint = endpoint;
        endpoint.enter(new Session(
                settings.cluster().job(),
                endpoint.generationOf(settings.cluster().job())));
        this.session = new WorkerSession(settings, memory.seat().place(), endpoint);
        this.reports = new Reports(settings.index(), session.coordinator());
        this.repeat = new Timer(endpoint.clock(), settings.cluster().resend());
    }

    /** 0 if there was nothing to do. */
    public int doWork() {
        try {
            int work = endpoint.poll(handler, FRAMES) + advance();
            if (failure == null) {
                session.repeat();
                session.requireCoordinator();
            }
            if (repeat.isDue()) {
                repeat();
            }

            return work + endpoint.flush();
        } catch (Throwable e) {
            fail(e);
            return 1;
        }
    }

    private int advance() {
        int work = traffic == null ? 0 : traffic.advance();
        if (work > 0) {
            repeat.restart();
        }

        return work;
    }

    private void repeat() {
        reports.repeat();
        if (traffic != null) {
            traffic.repeat();
        }
    }

    private void fail(Throwable cause) {
        if (failure == null) {
            this.failure = cause instanceof ParamException known
                    ? known
                    : new ParamException(
                            Outcome.UNKNOWN,
                            "Worker cannot go on: worker=" + settings.index() + ", cause=" + cause,
                            cause);
        }
    }

    /** Throws what went wrong first, if anything did. */
    public void requireSound() {
        if (failure instanceof AbortException abort) {
            throw new AbortException(abort.kind(), abort.getMessage(), abort);
        }
        if (failure != null) {
            throw new ParamException(failure.outcome(), failure.getMessage(), failure);
        }
    }

    public boolean isSound() {
        return failure == null;
    }

    private final class Incoming implements PlacingHandler {
        @Override
        public int headLength() {
            return Frame.WORDS;
        }

        @Override
        public void onFrame(DirectBuffer buffer, int offset, int length) {
            receive(buffer, offset, length, /* isPlaced */ false);
        }

        @Override
        public void onPlaced(DirectBuffer head, int offset, int length) {
            receive(head, offset, length, /* isPlaced */ true);
        }

        @Override
        public ByteBuffer place(DirectBuffer head, int offset, int length) {
            try {
                frame.wrapHead(head, offset, length);
                return isOfSession() && traffic != null ? traffic.place(frame) : null;
            } catch (ProtocolException e) {
                // It counts as dropped once it is whole.
                return null;
            }
        }
    }

    private boolean isOfSession() {
        return frame.job() == settings.cluster().job() && endpoint.session().matches(frame);
    }

    private void receive(DirectBuffer buffer, int offset, int length, boolean isPlaced) {
        try {
            if (isPlaced) {
                frame.wrapHead(buffer, offset, length);
            } else {
                frame.wrap(buffer, offset, length);
            }
            if (frame.job() != settings.cluster().job() || !take()) {
                this.dropped++;
            }
        } catch (ProtocolException e) {
            this.dropped++;
        } catch (Throwable e) {
            // Thrown further it would end in the inbox, and nobody would hear of it.
            fail(e);
        }
    }

    private boolean take() {
        if (frame.type().isPiece()) {
            if (traffic == null || !endpoint.session().matches(frame) || !traffic.take(frame)) {
                return false;
            }

            repeat.restart();
            return true;
        }

        session.heard();
        switch (frame.type()) {
            case HOST -> session.host(frame);
            case MEMBER -> session.member(frame);
            case START -> session.start(frame).ifPresent(this::begin);
            case ABORT -> {
                return abort(Abort.read(frame));
            }
            case LEAVE -> session.left(Leave.read(frame));
            case SEEN -> seen();
            default -> {
                return endpoint.session().matches(frame) && takeOwn();
            }
        }

        return true;
    }

    /** Messages that make sense in this generation alone. */
    private boolean takeOwn() {
        boolean known = frame.type() == FrameType.GO;
        if (known) {
            session.go();
        }

        return known;
    }

    /** Before this worker is told of a generation it only means that the coordinator lives. */
    private void seen() {
        if (endpoint.session().matches(frame)) {
            reports.seen(Seen.read(frame).step());
        }
    }

    /** One of a segment that is over means nothing to whoever takes part in the next. */
    private boolean abort(Abort abort) {
        if (frame.generation() < endpoint.session().generation()) {
            return false;
        }

        fail(new AbortException(abort.kind(), abort.reason()));
        return true;
    }

    private void begin(Roster roster) {
        Set<Address> others = new HashSet<>(roster.shards());
        others.add(settings.coordinator());
        endpoint.retain(others);
        endpoint.clear();
        endpoint.enter(new Session(settings.cluster().job(), roster.generation()));
        this.traffic = new ShardTraffic(settings, roster, memory, endpoint);
    }

    /** This worker's place among the members. */
    public WorkerSession session() {
        return session;
    }

    /** What goes to the shards and comes from them; null until all members know one another. */
    public ShardTraffic traffic() {
        return traffic;
    }

    /** What the coordinator has not yet said to have. */
    public Reports reports() {
        return reports;
    }

    /** Tells the coordinator that the job is to be given up; it tells everybody, also this worker. */
    public void abort(AbortException.Kind kind, String reason) {
        session.coordinator().add(new Abort(kind, reason));
    }

    /** What is waited for, for messages. */
    public String describe() {
        return traffic == null ? "join, link=" + session.coordinator().link().describe() : traffic.describe();
    }

    /** Frames that belonged to another job, generation or step, came twice, or could not be read. */
    public long dropped() {
        return dropped;
    }
}

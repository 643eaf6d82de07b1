package dev.lockstep.params.shard;

import dev.lockstep.params.AbortException;
import dev.lockstep.params.ParamException;
import dev.lockstep.params.ProtocolException;
import dev.lockstep.params.Range;
import dev.lockstep.params.link.Address;
import dev.lockstep.params.link.FrameHandler;
import dev.lockstep.params.link.Traffic;
import dev.lockstep.params.link.Transport;
import dev.lockstep.params.member.Endpoint;
import dev.lockstep.params.member.LinkWatch;
import dev.lockstep.params.member.Roster;
import dev.lockstep.params.member.Timer;
import dev.lockstep.params.plane.HostPlane;
import dev.lockstep.params.wire.Abort;
import dev.lockstep.params.wire.Alive;
import dev.lockstep.params.wire.Frame;
import dev.lockstep.params.wire.Message;
import dev.lockstep.params.wire.Ready;
import dev.lockstep.params.wire.Role;
import dev.lockstep.params.wire.Session;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.agrona.DirectBuffer;

/**
 * Owns ranges of the flat vectors: sums what workers push, in worker order, lets the optimizer change the values and
 * broadcasts them.
 *
 * <p>An agent: {@link #doWork} never blocks. One thread at a time. Its state outlives generations.
 */
public final class ShardServer implements AutoCloseable {
    /** The step of a shard whose ranges stand at different steps, after a failure: it must be loaded again. */
    public static final long TORN = -2;

    /** The step of a shard without trained ranges, which suits any. */
    public static final long ANY = -1;

    private static final int FRAMES = 64;
    private static final Logger LOG = System.getLogger(ShardServer.class.getName());

    private final ShardSettings settings;
    private final HostPlane plane;
    private final Endpoint endpoint;
    private final List<OwnedRange> owned;
    private final Roster.Builder gathering;
    private final Frame frame = new Frame();
    private final FrameHandler handler = this::onFrame;
    private final Timer heartbeat;
    private final Timer resend;
    private Generation generation;
    private LinkWatch links;
    private Abort failure;
    private volatile boolean over;
    private long dropped;

    /** @param plane the memory of its host; stays the caller's to close */
    public ShardServer(ShardSettings settings, HostPlane plane, Transport transport) {
        this.settings = settings;
        this.plane = plane;
        this.endpoint = new Endpoint(transport);
        this.owned = settings.layout().ownedBy(settings.index()).stream()
                .map(range ->
                        new OwnedRange(range, settings.layout(), settings.rule().update()))
                .toList();
        this.gathering = new Roster.Builder(
                /* after */ 0, settings.cluster().workers(), settings.layout().shards());
        this.heartbeat = new Timer(transport.clock(), settings.cluster().heartbeat());
        this.resend = new Timer(transport.clock(), settings.cluster().resend());
        endpoint.enter(new Session(settings.cluster().job(), 0));
    }

    /** Which shard of the layout this is. */
    public int index() {
        return settings.index();
    }

    public ShardSettings settings() {
        return settings;
    }

    /** Whose memory it reads and writes. */
    public UUID host() {
        return plane.host();
    }

    /** Where workers push to. */
    public Address address() {
        return endpoint.address();
    }

    /** The ranges that this shard owns. */
    public List<Range> ranges() {
        return owned.stream().map(OwnedRange::range).toList();
    }

    /** The last step that all trained ranges have applied, or {@link #ANY} or {@link #TORN}. */
    public long step() {
        if (!owned.stream().allMatch(OwnedRange::isLoaded)) {
            return TORN;
        }

        List<Long> steps = owned.stream()
                .filter(each -> each.range().trained())
                .map(OwnedRange::step)
                .distinct()
                .toList();
        return steps.isEmpty() ? ANY : steps.size() == 1 ? steps.get(0) : TORN;
    }

    /**
     * Sets a range to first values, for step 1 to come: the optimizer's state starts as {@code start} leaves it.
     *
     * @param params as many as the range has values; copied
     */
    public void load(int range, float[] params) {
        leave();
        find(range).load(params, 0);
    }

    /** Sets a range to what a checkpoint holds; copied. */
    public void load(RangeContents contents) {
        leave();
        find(contents.range()).load(contents);
    }

    private OwnedRange find(int range) {
        return owned.stream()
                .filter(each -> each.range().index() == range)
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "Shard does not own the range: shard=" + index() + ", range=" + range));
    }

    /** New state means that the generation which led to the old one is over. */
    private void leave() {
        this.generation = null;
        endpoint.clear();
    }

    /** 0 if there was nothing to do. */
    public int doWork() {
        try {
            int work = endpoint.poll(handler, FRAMES);
            work += generation == null ? 0 : generation.addHost();
            if (resend.isDue() && generation != null) {
                generation.repeat();
            }
            if (heartbeat.isDue()) {
                if (generation != null) {
                    links.require(address -> true);
                }
                tell(failure == null ? new Alive(Role.SHARD, index()) : failure);
            }

            return work + endpoint.flush();
        } catch (Throwable e) {
            fail(e);
            return 1;
        }
    }

    /** Gives the job up: the coordinator hears of it now and at every heartbeat. */
    private void fail(Throwable cause) {
        String reason = cause instanceof AbortException
                ? cause.getMessage()
                : "Shard cannot go on: shard=" + index() + ", step=" + step() + ", cause=" + cause;
        leave();
        this.failure = new Abort(AbortException.kindOf(cause), reason);
        try {
            tell(failure);
        } catch (ParamException e) {
            LOG.log(Level.WARNING, "Coordinator cannot be told of a failure: " + e.getMessage(), cause);
        }
    }

    private void tell(Message message) {
        if (endpoint.session().generation() > 0) {
            endpoint.to(settings.coordinator(), Traffic.MESSAGES).add(message);
        }
    }

    private void onFrame(DirectBuffer buffer, int offset, int length) {
        try {
            frame.wrap(buffer, offset, length);
            if (frame.job() == settings.cluster().job()) {
                take();
            } else {
                this.dropped++;
            }
        } catch (ProtocolException e) {
            this.dropped++;
        } catch (Throwable e) {
            // Thrown further it would end in the inbox, and nobody would hear of it.
            fail(e);
        }
    }

    private void take() {
        switch (frame.type()) {
            case MEMBER -> gathering.add(frame);
            case START -> start();
            case STOP -> {
                if (isCurrent()) {
                    generation.stop();
                }
            }
            case ABORT -> {
                if (isCurrent()) {
                    leave();
                }
            }
            case END -> this.over |= isNoOlder();
            default -> this.dropped += isCurrent() && generation.take(frame) ? 0 : 1;
        }
    }

    private boolean isCurrent() {
        return generation != null && endpoint.session().matches(frame);
    }

    /** Whether a frame is of this shard's generation or of one that may follow. */
    private boolean isNoOlder() {
        return frame.generation() > 0
                && frame.generation() >= endpoint.session().generation();
    }

    private void start() {
        if (frame.generation() > endpoint.session().generation()) {
            Roster roster = gathering.complete(frame);
            if (roster == null) {
                return;
            }

            begin(roster);
        }
        if (isCurrent() && links.areConnected(address -> true)) {
            tell(new Ready(Role.SHARD, index()));
        }
    }

    private void begin(Roster roster) {
        leave();
        Set<Address> others = new HashSet<>(roster.workers());
        others.addAll(roster.shards());
        others.add(settings.coordinator());
        endpoint.retain(others);
        endpoint.enter(new Session(settings.cluster().job(), roster.generation()));
        this.links = new LinkWatch("shard " + index(), endpoint, settings.cluster());
        this.failure = null;
        this.generation = new Generation(settings, owned, roster, plane, endpoint);
    }

    /** Whether frames can still arrive. */
    public boolean isOpen() {
        return endpoint.isOpen();
    }

    /** Whether the job has ended, so that this shard can be closed. */
    public boolean isOver() {
        return over;
    }

    /** Frames that belonged to another job or generation, came twice, or could not be read. */
    public long dropped() {
        return dropped;
    }

    @Override
    public void close() {
        endpoint.close();
    }
}

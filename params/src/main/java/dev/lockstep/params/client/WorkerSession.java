package dev.lockstep.params.client;

import dev.lockstep.params.AbortException;
import dev.lockstep.params.ParamException;
import dev.lockstep.params.ParamException.Outcome;
import dev.lockstep.params.link.Clock;
import dev.lockstep.params.link.Traffic;
import dev.lockstep.params.member.Endpoint;
import dev.lockstep.params.member.LinkWatch;
import dev.lockstep.params.member.Roster;
import dev.lockstep.params.member.Timer;
import dev.lockstep.params.plane.HostPlace;
import dev.lockstep.params.wire.Abort;
import dev.lockstep.params.wire.Alive;
import dev.lockstep.params.wire.Frame;
import dev.lockstep.params.wire.Host;
import dev.lockstep.params.wire.Join;
import dev.lockstep.params.wire.Leave;
import dev.lockstep.params.wire.Outbox;
import dev.lockstep.params.wire.Ready;
import dev.lockstep.params.wire.Role;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A worker's place in a segment: asks for it, learns who the others are, says that it lives, and leaves. One thread at
 * a time.
 *
 * <pre>
 *   JOIN, HOSTED*  ⟶  (HOST)  ⟶  MEMBER*, START  ⟶  READY  ⟶  GO  ⟶  ALIVE...  ⟶  LEAVE
 * </pre>
 */
public final class WorkerSession {
    private enum State {
        JOINING,
        STARTED,
        TAKING_PART,
        LEAVING,
        GONE
    }

    private final WorkerSettings settings;
    private final Join join;
    private final Outbox coordinator;
    private final LinkWatch links;
    private final Clock clock;
    private final Timer repeat;
    private final Timer heartbeat;
    private final int after;
    private final Roster.Builder gathering;
    private final TreeMap<Integer, Long> wanted = new TreeMap<>();
    private State state = State.JOINING;
    private Roster roster;
    private long heardNs;

    /** @param place its memory */
    WorkerSession(WorkerSettings settings, HostPlace place, Endpoint endpoint) {
        this.settings = settings;
        this.join = new Join(settings.index(), settings.layout().fingerprint(), place, endpoint.address());
        this.coordinator = endpoint.to(settings.coordinator(), Traffic.MESSAGES);
        this.links = new LinkWatch("worker " + settings.index(), endpoint, settings.cluster());
        this.clock = endpoint.clock();
        this.repeat = new Timer(clock, settings.cluster().resend().dividedBy(4));
        this.heartbeat = new Timer(clock, settings.cluster().heartbeat());
        this.after = endpoint.generationOf(settings.cluster().job());
        this.gathering = new Roster.Builder(
                after, settings.cluster().workers(), settings.layout().shards());
        this.heardNs = clock.nanos();
    }

    Outbox coordinator() {
        return coordinator;
    }

    /**
     * Says again what has not been answered.
     *
     * @throws AbortException if the coordinator cannot be reached
     */
    void repeat() {
        if (state == State.JOINING && repeat.isDue()) {
            // Of the last segment's links nothing is expected yet.
            links.areConnected(settings.coordinator()::equals);
            coordinator.add(join);
            settings.hosted().get().forEach(coordinator::add);
        } else if (state == State.STARTED && repeat.isDue()) {
            coordinator.add(isLinked() ? new Ready(Role.WORKER, settings.index()) : alive());
        } else if (state == State.LEAVING && repeat.isDue()) {
            coordinator.add(new Leave(settings.index(), roster.generation()));
        } else if (heartbeat.isDue() && state != State.GONE) {
            isLinked();
            coordinator.add(alive());
        }
    }

    private Alive alive() {
        return new Alive(Role.WORKER, settings.index());
    }

    /** Links that do not connect end the job for all, and so the coordinator is told. */
    private boolean isLinked() {
        try {
            return links.areConnected(address -> true);
        } catch (AbortException e) {
            coordinator.add(new Abort(e.kind(), e.getMessage()));
            return false;
        }
    }

    /** A frame of the coordinator's came. */
    void heard() {
        this.heardNs = clock.nanos();
    }

    void host(Frame frame) {
        Host host = Host.read(frame);
        if (state == State.JOINING && frame.generation() > after) {
            wanted.put(host.shard(), host.step());
        }
    }

    void member(Frame frame) {
        gathering.add(frame);
    }

    /** Takes a START; returns the roster if it is complete and new. */
    Optional<Roster> start(Frame frame) {
        if (state == State.JOINING) {
            this.roster = gathering.complete(frame);
            if (roster != null) {
                enter(State.STARTED);
            }
            return Optional.ofNullable(roster);
        }

        return Optional.empty();
    }

    void go() {
        this.state = state == State.STARTED ? State.TAKING_PART : state;
    }

    public void leave() {
        if (state != State.GONE) {
            enter(State.LEAVING);
        }
    }

    /** What is to be said in the new state is said at once. */
    private void enter(State next) {
        this.state = next;
        repeat.dueNow();
    }

    /** The coordinator knows that this worker leaves. */
    void left(Leave answer) {
        boolean own = state == State.LEAVING && answer.generation() == roster.generation();
        this.state = own ? State.GONE : state;
    }

    public boolean isWanted() {
        return !wanted.isEmpty();
    }

    /** The next shard that this process is to create, and at which step; null if there is none. */
    public Map.Entry<Integer, Long> nextWanted() {
        return wanted.pollFirstEntry();
    }

    public boolean takesPart() {
        return state == State.TAKING_PART;
    }

    public boolean isGone() {
        return state == State.GONE;
    }

    Roster roster() {
        return roster;
    }

    /** Throws if the coordinator has said nothing for too long. */
    void requireCoordinator() {
        long silentNs = clock.nanos() - heardNs;
        if (silentNs > settings.cluster().silence().toNanos() && state != State.JOINING) {
            throw new ParamException(
                    Outcome.UNKNOWN,
                    "Coordinator is silent: worker=" + settings.index() + ", coordinator=" + settings.coordinator()
                            + ", waitedMs=" + silentNs / 1_000_000 + ", link="
                            + coordinator.link().describe());
        }
    }
}

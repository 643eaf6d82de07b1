package dev.lockstep.params.member;

import dev.lockstep.params.AbortException;
import dev.lockstep.params.AbortException.Kind;
import dev.lockstep.params.Layout;
import dev.lockstep.params.ParamException;
import dev.lockstep.params.Segment;
import dev.lockstep.params.link.Address;
import dev.lockstep.params.link.Traffic;
import dev.lockstep.params.member.SegmentMembers.Phase;
import dev.lockstep.params.wire.Abort;
import dev.lockstep.params.wire.Alive;
import dev.lockstep.params.wire.End;
import dev.lockstep.params.wire.Frame;
import dev.lockstep.params.wire.Go;
import dev.lockstep.params.wire.Host;
import dev.lockstep.params.wire.Hosted;
import dev.lockstep.params.wire.Join;
import dev.lockstep.params.wire.Leave;
import dev.lockstep.params.wire.Member;
import dev.lockstep.params.wire.Message;
import dev.lockstep.params.wire.Ready;
import dev.lockstep.params.wire.Report;
import dev.lockstep.params.wire.Role;
import dev.lockstep.params.wire.Seen;
import dev.lockstep.params.wire.Session;
import dev.lockstep.params.wire.Start;
import dev.lockstep.params.wire.Stop;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What the coordinator says and hears: turns frames into changes of the {@link SegmentMembers} and of the {@link ReportBook}, and
 * their state into messages, which are repeated until they have had their effect. One thread, but for what is read from
 * outside.
 */
final class CoordinatorProtocol {
    /** How many are told why they cannot join, beside as many as the job has workers. */
    private static final int STRANGERS = 64;

    private final ClusterSettings settings;
    private final Layout layout;
    private final StepListener listener;
    private final Endpoint endpoint;
    private final Timer repeat;
    private SegmentMembers members;
    private ReportBook book;
    private final Map<Integer, Address> lastAddresses = new HashMap<>();
    private final Set<Address> hosts = new LinkedHashSet<>();
    private final Set<Address> refused = new HashSet<>();
    private List<SegmentMember> shards;
    private Segment next;
    private int generation;
    private boolean stopping;
    private long dropped;
    private volatile long reported;
    private volatile AbortException failure;

    CoordinatorProtocol(ClusterSettings settings, Layout layout, StepListener listener, Endpoint endpoint) {
        this.settings = settings;
        this.layout = layout;
        this.listener = listener;
        this.endpoint = endpoint;
        this.shards = SegmentMembers.unknown(Role.SHARD, layout.shards());
        this.repeat = new Timer(endpoint.clock(), settings.resend().dividedBy(4));
        endpoint.enter(new Session(settings.job(), 0));
    }

    /** Opens a segment as soon as the one before it is over. */
    void begin(Segment segment) {
        this.next = segment;
        beginNext();
    }

    private void beginNext() {
        boolean free = members == null || members.phase() == Phase.OVER || failure != null;
        if (next != null && free) {
            open(next);
            this.next = null;
        }
    }

    private void open(Segment segment) {
        List<SegmentMember> known = SegmentMembers.unknown(Role.SHARD, layout.shards());
        for (SegmentMember shard : shards) {
            if (shard.isReady()) {
                // It took part in the last segment, so that it has applied what all workers have reported.
                known.get(shard.index()).settle(shard.address(), reported);
            }
        }

        this.shards = known;
        this.generation++;
        this.reported = segment.before();
        this.members = new SegmentMembers(settings, segment, known, now());
        this.book = new ReportBook(settings.workers(), segment.before(), listener);
        endpoint.enter(new Session(settings.job(), generation));
    }

    void stop() {
        this.stopping = true;
        repeat.hurry();
    }

    void abort(AbortException cause) {
        if (failure == null) {
            this.failure = cause;
            repeat.hurry();
        }
    }

    AbortException failure() {
        return failure;
    }

    long reported() {
        return reported;
    }

    void drop() {
        this.dropped++;
    }

    /** Takes a frame; throws {@link AbortException} if it means the end of the job. */
    void take(Frame frame) {
        if (frame.job() != settings.job() || members == null) {
            drop();
            return;
        }

        switch (frame.type()) {
            case JOIN -> join(Join.read(frame));
            case HOSTED -> hosted(Hosted.read(frame));
            case LEAVE -> leave(Leave.read(frame));
            default -> {
                if (endpoint.session().matches(frame)) {
                    takeOwn(frame);
                } else {
                    drop();
                }
            }
        }
    }

    /** Messages that make sense in this generation alone. */
    private void takeOwn(Frame frame) {
        switch (frame.type()) {
            case ABORT -> abort(Abort.read(frame));
            case READY -> ready(Ready.read(frame));
            case ALIVE -> {
                Alive alive = Alive.read(frame);
                heard(members.member(alive.role(), alive.index()));
            }
            case REPORT -> report(Report.read(frame));
            default -> drop();
        }
    }

    private void join(Join join) {
        if (failure != null) {
            refuse(join.address(), failure);
            return;
        }
        if (join.fingerprint() != layout.fingerprint()) {
            refuse(join.address(), anotherNetwork(join));
            return;
        }

        SegmentMember worker = members.member(Role.WORKER, join.worker());
        if (worker == null) {
            drop();
            return;
        }

        Phase before = members.phase();
        members.join(worker, join.address(), now());
        hurryFrom(before);
    }

    private AbortException anotherNetwork(Join join) {
        return new AbortException(
                Kind.CLUSTER,
                "Member means another network: worker=" + join.worker() + ", fingerprint=" + join.fingerprint()
                        + ", expected=" + layout.fingerprint() + ". All processes must run the same build.");
    }

    /** Tells one that asks to join, and nobody else. Of strangers there may be many, and each would cost a link. */
    private void refuse(Address stranger, AbortException cause) {
        refused.add(stranger);
        if (refused.size() <= settings.workers() + STRANGERS) {
            tell(stranger, new Abort(cause.kind(), cause.getMessage()));
        } else {
            refused.remove(stranger);
            drop();
        }
    }

    private void hosted(Hosted hosted) {
        SegmentMember shard = members.member(Role.SHARD, hosted.shard());
        boolean known = hosted.fingerprint() == layout.fingerprint() && members.isWorkers(hosted.address());
        if (shard == null || !known) {
            drop();
            return;
        }

        hosts.add(hosted.address());
        shard.heard(now());
        Phase before = members.phase();
        members.hosted(shard, hosted.address(), hosted.step(), now());
        hurryFrom(before);
    }

    /** What a new phase has to say is said at once. */
    private void hurryFrom(Phase before) {
        if (members.phase() != before) {
            repeat.hurry();
        }
    }

    private boolean heard(SegmentMember member) {
        if (member == null) {
            drop();
            return false;
        }

        member.heard(now());
        return true;
    }

    private void abort(Abort abort) {
        abort(new AbortException(abort.kind(), abort.reason()));
    }

    private void ready(Ready ready) {
        SegmentMember member = members.member(ready.role(), ready.index());
        if (!heard(member)) {
            return;
        }
        if (members.ready(member, now())) {
            members.workers().forEach(worker -> tell(worker.address(), new Go()));
            repeat.hurry();
        } else if (members.phase() == Phase.RUNNING && member.role() == Role.WORKER) {
            tell(member.address(), new Go());
        }
    }

    private void report(Report report) {
        if (heard(members.member(Role.WORKER, report.worker())) && !book.add(report)) {
            drop();
        }

        this.reported = book.reported();
        if (reported == members.segment().to() - 1) {
            repeat.hurry();
        }
    }

    private void leave(Leave leave) {
        SegmentMember worker = members.member(Role.WORKER, leave.worker());
        boolean known = leave.generation() == generation || lastAddresses.containsKey(leave.worker());
        if (worker == null || leave.generation() > generation || !known) {
            drop();
            return;
        }
        if (leave.generation() == generation && heard(worker)) {
            requireDone(book.last(worker.index()), worker);
            members.leave(worker, now());
            lastAddresses.put(worker.index(), worker.address());
            repeat.hurry();
        }

        // An answer that was lost is asked for again, perhaps when the next generation has begun.
        tell(lastAddresses.get(worker.index()), leave);
    }

    private void requireDone(long last, SegmentMember worker) {
        if (last < members.segment().to() - 1 && !stopping && failure == null) {
            throw new AbortException(
                    Kind.LOST,
                    "Worker left in the middle of a segment: worker=" + worker.index() + ", step=" + last + ", last="
                            + (members.segment().to() - 1));
        }
    }

    /** Looks at the deadlines, and says again what has had no effect yet. */
    void beat() {
        if (members == null || !repeat.beats()) {
            return;
        }

        try {
            if (failure == null) {
                members.requireProgress(now(), book.reported());
            }
        } catch (AbortException e) {
            abort(e);
        }

        say();
        beginNext();
    }

    private void say() {
        if (failure != null) {
            Abort abort = new Abort(failure.kind(), failure.getMessage());
            members.all().stream()
                    .filter(member -> member.address() != null)
                    .forEach(member -> tell(member.address(), abort));
            return;
        }

        switch (members.phase()) {
            case HOSTING ->
                members.missingShards()
                        .forEach(shard -> tell(
                                members.hostOf(shard).address(),
                                new Host(members.segment().before(), shard.index())));
            case STARTING -> introduce();
            case RUNNING -> {
                members.workers().stream()
                        .filter(worker -> !worker.hasLeft())
                        .forEach(worker -> tell(worker.address(), new Seen(book.last(worker.index()))));
                if (stopping) {
                    tell(ending().address(), new Stop());
                }
            }
            default -> {}
        }
    }

    /** The shard that marks the last step: one that broadcasts in every step, as a shard of buffers alone does not. */
    private SegmentMember ending() {
        return members.shards().get(layout.trained().get(0).shard());
    }

    private void introduce() {
        Set<Address> addresses = new HashSet<>();
        members.all().forEach(member -> addresses.add(member.address()));
        endpoint.retain(addresses);
        Start start = new Start(settings.workers(), layout.shards(), members.segment());
        for (SegmentMember member : members.all()) {
            if (!member.isReady()) {
                members.all()
                        .forEach(each -> tell(member.address(), new Member(each.role(), each.index(), each.address())));
                tell(member.address(), start);
            }
        }
    }

    /** Lets all shards go that ever were, also those of a segment that did not start. */
    void end() {
        hosts.forEach(shard -> tell(shard, new End()));
    }

    /** A member that cannot be reached ends the job; the others still hear of it. */
    private void tell(Address address, Message message) {
        try {
            endpoint.to(address, Traffic.MESSAGES).add(message);
        } catch (ParamException e) {
            if (refused.contains(address) || members == null) {
                drop();
                return;
            }

            abort(new AbortException(Kind.LOST, "Member cannot be reached: " + e.getMessage()));
        }
    }

    private long now() {
        return endpoint.clock().nanos();
    }
}

package dev.lockstep.params.member;

import dev.lockstep.params.AbortException;
import dev.lockstep.params.AbortException.Kind;
import dev.lockstep.params.Layout;
import dev.lockstep.params.Segment;
import dev.lockstep.params.link.Address;
import dev.lockstep.params.member.SegmentMembers.Phase;
import dev.lockstep.params.wire.Abort;
import dev.lockstep.params.wire.Alive;
import dev.lockstep.params.wire.End;
import dev.lockstep.params.wire.Frame;
import dev.lockstep.params.wire.Hosted;
import dev.lockstep.params.wire.Join;
import dev.lockstep.params.wire.Leave;
import dev.lockstep.params.wire.Ready;
import dev.lockstep.params.wire.Report;
import dev.lockstep.params.wire.Role;
import dev.lockstep.params.wire.Session;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What the coordinator hears, and what follows: turns frames into changes of the {@link SegmentMembers} and of the
 * {@link ReportBook}, checks deadlines, and has {@link Announcements} repeat what their state calls for. A frame that
 * does not fit has no effect. One thread, but for what is read from outside.
 */
final class CoordinatorProtocol {
    private final ClusterSettings settings;
    private final Layout layout;
    private final StepListener listener;
    private final Endpoint endpoint;
    private final Announcements announcements;
    private final LinkWatch links;
    private final Timer repeat;
    private SegmentMembers members;
    private ReportBook book;
    private final Map<Integer, Address> lastAddresses = new HashMap<>();
    private final Set<Address> hosts = new LinkedHashSet<>();
    private List<SegmentMember> shards;
    private Segment next;
    private int generation;
    private boolean stopping;
    private volatile long reported;
    private volatile AbortException failure;

    CoordinatorProtocol(ClusterSettings settings, Layout layout, StepListener listener, Endpoint endpoint) {
        this.settings = settings;
        this.layout = layout;
        this.listener = listener;
        this.endpoint = endpoint;
        this.announcements = new Announcements(settings.workers(), layout, endpoint, this::abort);
        this.links = new LinkWatch("coordinator", endpoint, settings);
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
                known.get(shard.index()).settle(shard.address(), shard.place(), reported);
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
        repeat.dueNow();
    }

    void abort(AbortException cause) {
        if (failure == null) {
            this.failure = cause;
            repeat.dueNow();
        }
    }

    AbortException failure() {
        return failure;
    }

    long reported() {
        return reported;
    }

    /** Takes a frame; throws {@link AbortException} if it means the end of the job. */
    void take(Frame frame) {
        if (frame.job() != settings.job() || members == null) {
            return;
        }

        switch (frame.type()) {
            case JOIN -> join(Join.read(frame));
            case HOSTED -> hosted(Hosted.read(frame));
            case LEAVE -> leave(Leave.read(frame));
            default -> {
                if (endpoint.session().matches(frame)) {
                    takeOwn(frame);
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
            default -> {}
        }
    }

    private void join(Join join) {
        if (failure != null) {
            announcements.refuse(join.address(), failure);
            return;
        }
        if (join.fingerprint() != layout.fingerprint()) {
            announcements.refuse(join.address(), otherLayout(join));
            return;
        }

        SegmentMember worker = members.member(Role.WORKER, join.worker());
        if (worker == null) {
            return;
        }

        Phase before = members.phase();
        members.join(worker, join.address(), join.place(), now());
        repeatFrom(before);
    }

    private AbortException otherLayout(Join join) {
        return new AbortException(
                Kind.CLUSTER,
                "Member means another network: worker=" + join.worker() + ", fingerprint=" + join.fingerprint()
                        + ", expected=" + layout.fingerprint() + ". All processes must run the same build.");
    }

    private void hosted(Hosted hosted) {
        SegmentMember shard = members.member(Role.SHARD, hosted.shard());
        boolean known = hosted.fingerprint() == layout.fingerprint() && members.isWorkers(hosted.address());
        if (shard == null || !known) {
            return;
        }

        hosts.add(hosted.address());
        shard.heard(now());
        Phase before = members.phase();
        members.hosted(shard, hosted.address(), hosted.host(), hosted.step(), now());
        repeatFrom(before);
    }

    /** What a new phase has to say is said at once. */
    private void repeatFrom(Phase before) {
        if (members.phase() != before) {
            repeat.dueNow();
        }
    }

    private boolean heard(SegmentMember member) {
        if (member == null) {
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
            members.workers().forEach(announcements::go);
            repeat.dueNow();
        } else if (members.phase() == Phase.RUNNING && member.role() == Role.WORKER) {
            announcements.go(member);
        }
    }

    private void report(Report report) {
        if (heard(members.member(Role.WORKER, report.worker()))) {
            book.add(report);
        }

        this.reported = book.reported();
        if (reported == members.segment().to() - 1) {
            repeat.dueNow();
        }
    }

    private void leave(Leave leave) {
        SegmentMember worker = members.member(Role.WORKER, leave.worker());
        boolean known = leave.generation() == generation || lastAddresses.containsKey(leave.worker());
        if (worker == null || leave.generation() > generation || !known) {
            return;
        }
        if (leave.generation() == generation && heard(worker)) {
            requireDone(book.last(worker.index()), worker);
            members.leave(worker, now());
            lastAddresses.put(worker.index(), worker.address());
            repeat.dueNow();
        }

        // An answer that was lost is asked for again, perhaps when the next generation has begun.
        announcements.tell(lastAddresses.get(worker.index()), leave);
    }

    private void requireDone(long last, SegmentMember worker) {
        if (last < members.segment().to() - 1 && !stopping && failure == null) {
            throw new AbortException(
                    Kind.LOST,
                    "Worker left in the middle of a segment: worker=" + worker.index() + ", step=" + last + ", last="
                            + (members.segment().to() - 1));
        }
    }

    /** Checks the deadlines, and says again what has had no effect yet. Does nothing until the timer is due. */
    void tick() {
        if (members == null || !repeat.isDue()) {
            return;
        }

        try {
            if (failure == null) {
                members.requireProgress(now(), book.reported());
                links.require(members::awaits);
            }
        } catch (AbortException e) {
            abort(e);
        }

        if (failure == null) {
            announcements.repeat(members, book, stopping);
        } else {
            announcements.abort(members, failure);
        }

        beginNext();
    }

    /** Lets all shards go that ever were, also those of a segment that did not start. */
    void end() {
        hosts.forEach(shard -> announcements.tell(shard, new End()));
    }

    private long now() {
        return endpoint.clock().nanos();
    }
}

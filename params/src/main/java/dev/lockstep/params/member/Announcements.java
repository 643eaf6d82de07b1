package dev.lockstep.params.member;

import dev.lockstep.params.AbortException;
import dev.lockstep.params.AbortException.Kind;
import dev.lockstep.params.Layout;
import dev.lockstep.params.ParamException;
import dev.lockstep.params.link.Address;
import dev.lockstep.params.link.Traffic;
import dev.lockstep.params.wire.Abort;
import dev.lockstep.params.wire.Go;
import dev.lockstep.params.wire.Host;
import dev.lockstep.params.wire.Member;
import dev.lockstep.params.wire.Message;
import dev.lockstep.params.wire.Seen;
import dev.lockstep.params.wire.Start;
import dev.lockstep.params.wire.Stop;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Consumer;

/**
 * What the coordinator tells the members: the messages that the state of a segment calls for, each as often as it is
 * asked for. Decides nothing about the segment. One thread.
 */
final class Announcements {
    /** How many are told why they cannot join, beside as many as the job has workers. */
    private static final int STRANGERS = 64;

    private final int workers;
    private final Layout layout;
    private final Endpoint endpoint;
    private final Consumer<AbortException> onUnreachable;
    private final Set<Address> refused = new HashSet<>();

    /** @param onUnreachable gets why a member cannot be reached; the others are told all the same */
    Announcements(int workers, Layout layout, Endpoint endpoint, Consumer<AbortException> onUnreachable) {
        this.workers = workers;
        this.layout = layout;
        this.endpoint = endpoint;
        this.onUnreachable = onUnreachable;
    }

    /** Tells one that asks to join, and nobody else. Of strangers there may be many, and each would cost a link. */
    void refuse(Address stranger, AbortException cause) {
        refused.add(stranger);
        if (refused.size() <= workers + STRANGERS) {
            tell(stranger, abortOf(cause));
        } else {
            refused.remove(stranger);
        }
    }

    /** Tells a worker that its steps may begin. */
    void go(SegmentMember worker) {
        tell(worker.address(), new Go());
    }

    /** Tells every member that has been heard of why the job is given up. */
    void abort(SegmentMembers members, AbortException cause) {
        members.all().stream()
                .filter(member -> member.address() != null)
                .forEach(member -> tell(member.address(), abortOf(cause)));
    }

    private static Abort abortOf(AbortException cause) {
        return new Abort(cause.kind(), cause.getMessage());
    }

    /** Tells what the phase calls for and the members have not shown to know. */
    void repeat(SegmentMembers members, ReportBook book, boolean stopping) {
        switch (members.phase()) {
            case GATHERING -> reassure(members, book);
            case HOSTING -> {
                host(members);
                reassure(members, book);
            }
            case STARTING -> {
                introduce(members);
                reassure(members, book);
            }
            case RUNNING -> {
                reassure(members, book);
                if (stopping) {
                    tell(ending(members).address(), new Stop());
                }
            }
            default -> {}
        }
    }

    /** Whoever waits for others hears that the coordinator lives, and links to it are made early. */
    private void reassure(SegmentMembers members, ReportBook book) {
        for (SegmentMember worker : members.workers()) {
            if (worker.address() != null && !worker.hasLeft()) {
                tell(worker.address(), new Seen(book.last(worker.index())));
            }
        }
    }

    private void host(SegmentMembers members) {
        for (SegmentMember shard : members.missingShards()) {
            Host host = new Host(members.segment().before(), shard.index());
            tell(members.hostOf(shard).address(), host);
        }
    }

    private void introduce(SegmentMembers members) {
        Set<Address> addresses = new HashSet<>();
        members.all().forEach(member -> addresses.add(member.address()));
        endpoint.retain(addresses);
        Start start = new Start(workers, layout.shards(), members.segment());
        for (SegmentMember member : members.all()) {
            if (!member.isReady()) {
                members.all()
                        .forEach(each -> tell(
                                member.address(), new Member(each.role(), each.index(), each.place(), each.address())));
                tell(member.address(), start);
            }
        }
    }

    /** The shard that marks the last step: one that broadcasts in every step, as a shard of buffers alone does not. */
    private SegmentMember ending(SegmentMembers members) {
        return members.shards().get(layout.trained().get(0).shard());
    }

    /** Sends a message once. One that was refused a place may be out of reach; a member that is ends the job. */
    void tell(Address address, Message message) {
        try {
            endpoint.to(address, Traffic.MESSAGES).add(message);
        } catch (ParamException e) {
            if (!refused.contains(address)) {
                onUnreachable.accept(new AbortException(Kind.LOST, "Member cannot be reached: " + e.getMessage()));
            }
        }
    }
}

package dev.lockstep.params.member;

import dev.lockstep.params.AbortException;
import dev.lockstep.params.AbortException.Kind;
import dev.lockstep.params.Segment;
import dev.lockstep.params.link.Address;
import dev.lockstep.params.plane.HostPlace;
import dev.lockstep.params.wire.Role;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The members of one segment and how far they have come together, from the first JOIN to the last LEAVE. Knows nothing
 * of frames. One thread.
 */
final class SegmentMembers {
    enum Phase {
        /** Until all workers have joined. */
        GATHERING,
        /** Until all shards exist and stand at the step before the segment. */
        HOSTING,
        /** Until all members know one another. */
        STARTING,
        /** Until all workers have left. */
        RUNNING,
        OVER
    }

    private final ClusterSettings settings;
    private final Segment segment;
    private final List<SegmentMember> workers;
    private final List<SegmentMember> shards;
    private final Map<Integer, Integer> hosts = new HashMap<>();
    private Phase phase = Phase.GATHERING;
    private long sinceNs;

    /** @param shards where they are known to be from the last segment, with the step that they stand at */
    SegmentMembers(ClusterSettings settings, Segment segment, List<SegmentMember> shards, long nowNs) {
        this.settings = settings;
        this.segment = segment;
        this.shards = shards;
        this.workers = unknown(Role.WORKER, settings.workers());
        this.sinceNs = nowNs;
    }

    /** Members of whom nothing is known yet. */
    static List<SegmentMember> unknown(Role role, int count) {
        return IntStream.range(0, count)
                .mapToObj(index -> new SegmentMember(role, index))
                .toList();
    }

    Phase phase() {
        return phase;
    }

    Segment segment() {
        return segment;
    }

    List<SegmentMember> workers() {
        return workers;
    }

    List<SegmentMember> shards() {
        return shards;
    }

    List<SegmentMember> all() {
        return Stream.concat(workers.stream(), shards.stream()).toList();
    }

    /** Null if there is no such member. */
    SegmentMember member(Role role, int index) {
        List<SegmentMember> of = role == Role.WORKER ? workers : shards;
        return index >= 0 && index < of.size() ? of.get(index) : null;
    }

    private void enter(Phase next, long nowNs) {
        this.phase = next;
        this.sinceNs = nowNs;
    }

    /**
     * A worker is here. While the first in its place gives signs of life, another one waits: it is a speculative copy
     * of Spark's, which ends it with the first. Where the first has fallen silent, the other means that it is lost.
     */
    void join(SegmentMember worker, Address address, HostPlace place, long nowNs) {
        boolean another = worker.address() != null && !address.equals(worker.address());
        if (another
                && (worker.hasLeft()
                        || worker.silentNs(nowNs) <= settings.doubt().toNanos())) {
            return;
        }

        boolean begun = phase == Phase.STARTING || phase == Phase.RUNNING;
        if (another && begun) {
            throw new AbortException(
                    Kind.LOST,
                    "Worker was lost, and another has come in its place: worker=" + worker.index() + ", lost="
                            + worker.address() + ", new=" + address);
        }

        worker.heard(nowNs);
        if (phase == Phase.GATHERING || phase == Phase.HOSTING) {
            worker.settle(address, place, segment.before());
            advance(nowNs);
        }
    }

    /** Whether an inbox is in a process of which a worker has joined. */
    boolean isWorkers(Address address) {
        return workers.stream()
                .anyMatch(worker ->
                        worker.address() != null && worker.address().process().equals(address.process()));
    }

    /** A shard is there. */
    void hosted(SegmentMember shard, Address address, UUID host, long step, long nowNs) {
        if (phase == Phase.GATHERING || phase == Phase.HOSTING) {
            shard.settle(address, new HostPlace(host, HostPlace.NONE), step);
            advance(nowNs);
        }
    }

    private void advance(long nowNs) {
        if (phase == Phase.GATHERING && workers.stream().allMatch(worker -> worker.address() != null)) {
            enter(Phase.HOSTING, nowNs);
            assignHosts();
        }
        if (phase == Phase.HOSTING && shards.stream().allMatch(this::stands)) {
            enter(Phase.STARTING, nowNs);
            all().forEach(member -> member.heard(nowNs));
        }
    }

    /** Whether a shard is at the step before the segment. One without ranges (-1) stands everywhere. */
    private boolean stands(SegmentMember shard) {
        return shard.address() != null && (shard.step() == segment.before() || shard.step() == -1);
    }

    /** Each missing shard goes to the process that has the fewest, of several to that of the first worker. */
    private void assignHosts() {
        Map<UUID, Integer> loads = new HashMap<>();
        shards.stream()
                .filter(this::stands)
                .forEach(shard -> loads.merge(shard.address().process(), 1, Integer::sum));
        for (SegmentMember shard : shards) {
            if (!stands(shard)) {
                SegmentMember host = workers.get(0);
                for (SegmentMember worker : workers) {
                    host = load(loads, worker) < load(loads, host) ? worker : host;
                }

                hosts.put(shard.index(), host.index());
                loads.merge(host.address().process(), 1, Integer::sum);
            }
        }
    }

    private static int load(Map<UUID, Integer> loads, SegmentMember worker) {
        return loads.getOrDefault(worker.address().process(), 0);
    }

    /** The shards that are still to be created. */
    List<SegmentMember> missingShards() {
        return shards.stream().filter(shard -> !stands(shard)).toList();
    }

    /** Whose process is to create a missing shard. */
    SegmentMember hostOf(SegmentMember shard) {
        return workers.get(hosts.get(shard.index()));
    }

    /** A member knows all others; returns whether that made the members complete. */
    boolean ready(SegmentMember member, long nowNs) {
        member.ready();
        boolean complete = phase == Phase.STARTING && all().stream().allMatch(SegmentMember::isReady);
        if (complete) {
            enter(Phase.RUNNING, nowNs);
        }

        return complete;
    }

    void leave(SegmentMember worker, long nowNs) {
        worker.leave();
        if (workers.stream().allMatch(SegmentMember::hasLeft)) {
            enter(Phase.OVER, nowNs);
        }
    }

    /**
     * Throws if a deadline has passed.
     *
     * @param reported the last step that all workers have reported, for the message
     */
    void requireProgress(long nowNs, long reported) {
        boolean meeting = phase.compareTo(Phase.RUNNING) < 0;
        if (meeting && nowNs - sinceNs > settings.gang().toNanos()) {
            throw new AbortException(Kind.LOST, missing() + ", waitedMs=" + (nowNs - sinceNs) / 1_000_000);
        }

        for (SegmentMember member : beating()) {
            if (member.silentNs(nowNs) > settings.silence().toNanos()) {
                throw new AbortException(
                        Kind.LOST,
                        "Member is lost: member=" + member + ", step=" + (reported + 1) + ", silentMs="
                                + member.silentNs(nowNs) / 1_000_000);
            }
        }
    }

    /** Who gives signs of life: from the first JOIN on a worker does, and a shard when it is told of the others. */
    private List<SegmentMember> beating() {
        boolean begun = phase == Phase.STARTING || phase == Phase.RUNNING;
        return (begun ? all() : workers)
                .stream()
                        .filter(member -> member.address() != null && !member.hasLeft())
                        .toList();
    }

    /** Whether an inbox is one of somebody who is expected to take part. */
    boolean awaits(Address address) {
        return beating().stream().anyMatch(member -> member.address().equals(address));
    }

    private String missing() {
        if (phase == Phase.GATHERING) {
            long joined =
                    workers.stream().filter(worker -> worker.address() != null).count();
            return "Too few workers have joined; each needs a free slot of the cluster at the same time: wanted="
                    + workers.size() + ", joined=" + joined + ", missing="
                    + indices(workers, worker -> worker.address() == null);
        }
        if (phase == Phase.HOSTING) {
            return "Shards were not created: wanted=" + shards.size() + ", missing="
                    + indices(shards, shard -> !stands(shard)) + ", step=" + segment.before();
        }

        return "Members are not ready: members="
                + all().stream().filter(member -> !member.isReady()).toList();
    }

    private static List<Integer> indices(List<SegmentMember> members, Predicate<SegmentMember> which) {
        List<Integer> indices = new ArrayList<>();
        members.stream().filter(which).forEach(member -> indices.add(member.index()));
        return indices;
    }
}

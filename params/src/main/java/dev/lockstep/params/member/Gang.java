package dev.lockstep.params.member;

import dev.lockstep.params.AbortException;
import dev.lockstep.params.AbortException.Kind;
import dev.lockstep.params.Segment;
import dev.lockstep.params.link.Address;
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
final class Gang {
    enum Stage {
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
    private final List<Party> workers;
    private final List<Party> shards;
    private final Map<Integer, Integer> hosts = new HashMap<>();
    private Stage stage = Stage.GATHERING;
    private long sinceNs;

    /** @param shards where they are known to be from the last segment, with the step that they stand at */
    Gang(ClusterSettings settings, Segment segment, List<Party> shards, long nowNs) {
        this.settings = settings;
        this.segment = segment;
        this.shards = shards;
        this.workers = parties(Role.WORKER, settings.workers());
        this.sinceNs = nowNs;
    }

    /** Members of whom nothing is known yet. */
    static List<Party> parties(Role role, int count) {
        return IntStream.range(0, count)
                .mapToObj(index -> new Party(role, index))
                .toList();
    }

    Stage stage() {
        return stage;
    }

    Segment segment() {
        return segment;
    }

    List<Party> workers() {
        return workers;
    }

    List<Party> shards() {
        return shards;
    }

    List<Party> all() {
        return Stream.concat(workers.stream(), shards.stream()).toList();
    }

    /** Null if there is no such member. */
    Party party(Role role, int index) {
        List<Party> of = role == Role.WORKER ? workers : shards;
        return index >= 0 && index < of.size() ? of.get(index) : null;
    }

    private void enter(Stage next, long nowNs) {
        this.stage = next;
        this.sinceNs = nowNs;
    }

    /**
     * A worker is here. While the first in its place gives signs of life, another one waits: it is a speculative copy
     * of Spark's, which ends it with the first. Where the first has fallen silent, the other means that it is lost.
     */
    void join(Party worker, Address address, long nowNs) {
        boolean another = worker.address() != null && !address.equals(worker.address());
        if (another
                && (worker.hasLeft()
                        || worker.silentNs(nowNs) <= settings.doubt().toNanos())) {
            return;
        }

        boolean begun = stage == Stage.STARTING || stage == Stage.RUNNING;
        if (another && begun) {
            throw new AbortException(
                    Kind.LOST,
                    "Worker was lost, and another has come in its place: worker=" + worker.index() + ", lost="
                            + worker.address() + ", new=" + address);
        }

        worker.heard(nowNs);
        if (stage == Stage.GATHERING || stage == Stage.HOSTING) {
            worker.settle(address, segment.before());
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
    void hosted(Party shard, Address address, long step, long nowNs) {
        if (stage == Stage.GATHERING || stage == Stage.HOSTING) {
            shard.settle(address, step);
            advance(nowNs);
        }
    }

    private void advance(long nowNs) {
        if (stage == Stage.GATHERING && workers.stream().allMatch(worker -> worker.address() != null)) {
            enter(Stage.HOSTING, nowNs);
            assignHosts();
        }
        if (stage == Stage.HOSTING && shards.stream().allMatch(this::stands)) {
            enter(Stage.STARTING, nowNs);
            all().forEach(party -> party.heard(nowNs));
        }
    }

    /** Whether a shard is at the step before the segment. One without ranges (-1) stands everywhere. */
    private boolean stands(Party shard) {
        return shard.address() != null && (shard.step() == segment.before() || shard.step() == -1);
    }

    /** Each missing shard goes to the process that has the fewest, of several to that of the first worker. */
    private void assignHosts() {
        Map<UUID, Integer> loads = new HashMap<>();
        shards.stream()
                .filter(this::stands)
                .forEach(shard -> loads.merge(shard.address().process(), 1, Integer::sum));
        for (Party shard : shards) {
            if (!stands(shard)) {
                Party host = workers.get(0);
                for (Party worker : workers) {
                    host = load(loads, worker) < load(loads, host) ? worker : host;
                }

                hosts.put(shard.index(), host.index());
                loads.merge(host.address().process(), 1, Integer::sum);
            }
        }
    }

    private static int load(Map<UUID, Integer> loads, Party worker) {
        return loads.getOrDefault(worker.address().process(), 0);
    }

    /** The shards that are still to be created. */
    List<Party> missingShards() {
        return shards.stream().filter(shard -> !stands(shard)).toList();
    }

    /** Whose process is to create a missing shard. */
    Party hostOf(Party shard) {
        return workers.get(hosts.get(shard.index()));
    }

    /** A member knows all others; returns whether that made the gang complete. */
    boolean ready(Party party, long nowNs) {
        party.ready();
        boolean complete = stage == Stage.STARTING && all().stream().allMatch(Party::isReady);
        if (complete) {
            enter(Stage.RUNNING, nowNs);
        }

        return complete;
    }

    void leave(Party worker, long nowNs) {
        worker.leave();
        if (workers.stream().allMatch(Party::hasLeft)) {
            enter(Stage.OVER, nowNs);
        }
    }

    /**
     * Throws if a deadline has passed.
     *
     * @param reported the last step that all workers have reported, for the message
     */
    void requireProgress(long nowNs, long reported) {
        boolean meeting = stage.compareTo(Stage.RUNNING) < 0;
        if (meeting && nowNs - sinceNs > settings.gang().toNanos()) {
            throw new AbortException(Kind.LOST, missing() + ", waitedMs=" + (nowNs - sinceNs) / 1_000_000);
        }

        boolean watched = stage == Stage.STARTING || stage == Stage.RUNNING;
        for (Party party : watched ? all() : List.<Party>of()) {
            if (!party.hasLeft() && party.silentNs(nowNs) > settings.silence().toNanos()) {
                throw new AbortException(
                        Kind.LOST,
                        "Member is lost: member=" + party + ", step=" + (reported + 1) + ", silentMs="
                                + party.silentNs(nowNs) / 1_000_000);
            }
        }
    }

    private String missing() {
        if (stage == Stage.GATHERING) {
            long joined =
                    workers.stream().filter(worker -> worker.address() != null).count();
            return "Too few workers have joined; each needs a free slot of the cluster at the same time: wanted="
                    + workers.size() + ", joined=" + joined + ", missing="
                    + indices(workers, worker -> worker.address() == null);
        }
        if (stage == Stage.HOSTING) {
            return "Shards were not created: wanted=" + shards.size() + ", missing="
                    + indices(shards, shard -> !stands(shard)) + ", step=" + segment.before();
        }

        return "Members are not ready: members="
                + all().stream().filter(party -> !party.isReady()).toList();
    }

    private static List<Integer> indices(List<Party> parties, Predicate<Party> which) {
        List<Integer> indices = new ArrayList<>();
        parties.stream().filter(which).forEach(party -> indices.add(party.index()));
        return indices;
    }
}

package dev.lockstep.params.member;

import dev.lockstep.params.Segment;
import dev.lockstep.params.link.Address;
import dev.lockstep.params.plane.Hosts;
import dev.lockstep.params.wire.Frame;
import dev.lockstep.params.wire.Member;
import dev.lockstep.params.wire.Role;
import dev.lockstep.params.wire.Start;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Who takes part in a generation, and where they are.
 *
 * @param workers by worker
 * @param shards by shard
 * @param hosts which of them share memory
 */
public record Roster(int generation, Segment segment, List<Address> workers, List<Address> shards, Hosts hosts) {
    /** Gathers the frames of which a roster is told; those of older generations are passed over. One thread. */
    public static final class Builder {
        private final Map<Integer, Member> workers = new TreeMap<>();
        private final Map<Integer, Member> shards = new TreeMap<>();
        private final int workerCount;
        private final int shardCount;
        private int generation;

        /**
         * @param after the generation that is over: late frames of it mean nothing
         * @param workerCount of the job
         * @param shardCount of the job
         */
        public Builder(int after, int workerCount, int shardCount) {
            this.generation = after + 1;
            this.workerCount = workerCount;
            this.shardCount = shardCount;
        }

        /** Takes a MEMBER frame; one of whom the job cannot have is passed over. */
        public void add(Frame frame) {
            Member member = Member.read(frame);
            int count = member.role() == Role.WORKER ? workerCount : shardCount;
            if (member.index() < 0 || member.index() >= count) {
                return;
            }
            if (frame.generation() > generation) {
                workers.clear();
                shards.clear();
                this.generation = frame.generation();
            }
            if (frame.generation() == generation) {
                (member.role() == Role.WORKER ? workers : shards).put(member.index(), member);
            }
        }

        /** Takes a START frame; null while members are missing. */
        public Roster complete(Frame frame) {
            Start start = Start.read(frame);
            boolean complete = frame.generation() == generation
                    && start.workers() == workerCount
                    && start.shards() == shardCount
                    && workers.size() == workerCount
                    && shards.size() == shardCount;
            return complete
                    ? new Roster(generation, start.segment(), addresses(workers), addresses(shards), hosts())
                    : null;
        }

        private static List<Address> addresses(Map<Integer, Member> members) {
            return members.values().stream().map(Member::address).toList();
        }

        private Hosts hosts() {
            return new Hosts(
                    workers.values().stream().map(Member::place).toList(),
                    shards.values().stream().map(shard -> shard.place().host()).toList());
        }
    }
}

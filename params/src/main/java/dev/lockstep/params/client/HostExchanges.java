package dev.lockstep.params.client;

import dev.lockstep.params.Range;
import dev.lockstep.params.plane.Blocks;
import dev.lockstep.params.plane.HostPlace;
import dev.lockstep.params.plane.HostRange;
import dev.lockstep.params.plane.HostSeat;
import dev.lockstep.params.plane.Hosts;
import dev.lockstep.params.plane.Region;
import dev.lockstep.params.wire.Frame;
import dev.lockstep.params.wire.Outbox;
import dev.lockstep.params.wire.WordBuffer;
import java.util.List;

/** Makes a worker's exchanges of the ranges that lie in the memory of its host. One thread. */
final class HostExchanges {
    private final int worker;
    private final HostSeat seat;
    private final Hosts hosts;
    private final List<Region> gradients;
    private final Leftovers leftovers;
    private final PushedWords pushed;
    private final Blocks blocks = new Blocks();

    HostExchanges(int worker, HostSeat seat, Hosts hosts, Leftovers leftovers, PushedWords pushed) {
        this.worker = worker;
        this.seat = seat;
        this.hosts = hosts;
        this.leftovers = leftovers;
        this.pushed = pushed;
        // Only the leader reads what the others have.
        this.gradients = hosts.isLeader(worker)
                ? hosts.workersOf(hosts.hostOf(worker)).stream()
                        .map(each -> hosts.workers().get(each))
                        .map(HostPlace::gradient)
                        .map(seat.plane()::gradient)
                        .toList()
                : List.of();
    }

    /** @param shard the outbox to the range's shard */
    Exchange of(Range range, Outbox shard) {
        NearExchange own = new NearExchange(range, seat);
        boolean isNear = hosts.shards().get(range.shard()).equals(hosts.hostOf(worker));
        if (isNear || gradients.isEmpty()) {
            return own;
        }

        HostRange host = new HostRange(range, seat.values(), gradients, Frame.EMPTY, blocks);
        HostPush push = new HostPush(range, host, leftovers, pushed, pushedAsItIs(range));
        WordBuffer into = WordBuffer.of(seat.values().bytes(), range.start(), range.count());
        RangeExchange far = new RangeExchange(worker, range, null, new ValueReceiver(into), shard);
        return new LeaderExchange(range, own, host, far, push);
    }

    /** A worker that is alone on its host pushes its gradient from where it lies. */
    private WordBuffer pushedAsItIs(Range range) {
        return gradients.size() == 1 ? WordBuffer.of(seat.gradient().bytes(), range.start(), range.count()) : null;
    }
}

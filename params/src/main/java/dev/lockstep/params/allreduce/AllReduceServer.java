package dev.lockstep.params.allreduce;

import dev.lockstep.params.wire.Frame;
import dev.lockstep.params.wire.FrameType;
import dev.lockstep.params.wire.Outbox;
import dev.lockstep.params.wire.Transfer;
import dev.lockstep.params.wire.WordBuffer;

/**
 * Sums over all workers that they wait for in the middle of a step, as for the statistics of a global batch.
 *
 * <p>A worker begins a round when it has the total of the one before. So two are kept: the round that is being
 * gathered, and the last total for those who have lost it. One thread.
 */
public final class AllReduceServer {
    private final Outbox[] workers;
    private final Transfer[] totals;
    private AllReduceRound gathering;
    private AllReduceRound last;

    /** @param workers an outbox to each */
    public AllReduceServer(Outbox[] workers) {
        this.workers = workers;
        this.totals = new Transfer[workers.length];
    }

    /** Takes a piece of what a worker adds; the one that completes the round sends the total to everybody. */
    public boolean take(Frame add) {
        if (last != null && last.isOf(add)) {
            return repeat(add);
        }
        if (AllReduceRound.isPossible(add)
                && (last == null || last.isBefore(add))
                && (gathering == null || !gathering.isOf(add) && !gathering.isBefore(add))) {
            // All workers are in the same round, so that the soonest is theirs.
            this.gathering = new AllReduceRound(add, workers.length);
        }

        boolean taken = gathering != null && gathering.isOf(add) && gathering.take(add);
        if (taken && gathering.isComplete()) {
            finish();
        }

        return taken;
    }

    private void finish() {
        WordBuffer total = WordBuffer.of(gathering.total());
        for (int worker = 0; worker < workers.length; worker++) {
            totals[worker] = new Transfer(FrameType.ALL_REDUCE_RESULT, worker, gathering.round(), total);
            send(worker, gathering.step(), total.count());
        }

        this.last = gathering;
        this.gathering = null;
    }

    private void send(int worker, long step, int count) {
        workers[worker].add(totals[worker].begin(step, (long) count, 0));
    }

    /** Who adds again to a round that is over lacks its total. */
    private boolean repeat(Frame add) {
        boolean asks = add.start() == 0 && !totals[add.member()].pending();
        if (asks) {
            send(add.member(), add.step(), add.part());
        }

        return asks;
    }
}

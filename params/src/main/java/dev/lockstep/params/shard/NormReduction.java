package dev.lockstep.params.shard;

import dev.lockstep.optim.schedule.Progress;
import dev.lockstep.optim.update.TensorPart;
import dev.lockstep.optim.update.Totals;
import dev.lockstep.optim.update.UpdateRule;
import dev.lockstep.params.Layout;
import dev.lockstep.params.Range;
import dev.lockstep.params.wire.Frame;
import dev.lockstep.params.wire.FrameType;
import dev.lockstep.params.wire.Outbox;
import dev.lockstep.params.wire.Transfer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;

/**
 * The rounds of sums that shards exchange before they apply a step: norms over all tensors, or over each.
 *
 * <p>Partial sums are kept per range and added in the ranges' order, so that the totals are the same bits in every
 * shard and at every number of shards. What was measured stays until the next step's takes its place: no shard can be
 * further ahead of another, because workers wait for all of them. One thread.
 */
final class NormReduction {
    private final UpdateRule rule;
    private final int self;
    private final IntFunction<Outbox> peers;
    private final List<Range> ranges;
    private final List<List<TensorPart>> parts = new ArrayList<>();
    private final PartialSums[][] partials;
    private final int shards;
    private final List<Totals> totals = new ArrayList<>();

    /** @param peers the outbox to another shard */
    NormReduction(Layout layout, UpdateRule rule, int self, IntFunction<Outbox> peers) {
        this.rule = rule;
        this.self = self;
        this.peers = peers;
        this.ranges = layout.trained();
        this.shards = layout.shards();
        this.partials = new PartialSums[rule.rounds()][ranges.size()];
        for (Range range : ranges) {
            List<TensorPart> ofRange = OwnedRange.parts(range, layout);
            parts.add(ofRange);
            for (int round = 0; round < partials.length; round++) {
                partials[round][range.index()] = new PartialSums(rule.width(round) * ofRange.size());
            }
        }
    }

    /** Which round is under way, 0 is the first. */
    int round() {
        return totals.size();
    }

    /** Whether all rounds of the step are over. */
    boolean isOver() {
        return totals.size() == partials.length;
    }

    /** Of the rounds that are over; live. */
    List<Totals> totals() {
        return totals;
    }

    /** Measures a range for the round that is under way, and tells the other shards. */
    void measure(ServedRange served, float[] gradient, long step, Progress at) {
        PartialSums own = partials[round()][served.index()];
        own.measured(step, rule.measure(round(), served.owned().state(), gradient, totals, at));
        for (int shard = 0; shard < shards; shard++) {
            if (shard != self) {
                send(shard, served.index(), round(), step, 0);
            }
        }
    }

    private void send(int shard, int range, int round, long step, int from) {
        Transfer sums = new Transfer(FrameType.SUMS, self, range, partials[round][range].words());
        peers.apply(shard).add(sums.begin(step, (long) round, from));
    }

    /** Takes another shard's sums. */
    void receive(Frame sums) {
        if (isKnown(sums)) {
            partials[sums.part()][sums.range()].receive(sums);
        }
    }

    /** Ends the round if all its sums are there; returns whether it did. */
    boolean finishRound(long step) {
        if (isOver() || missing(step) >= 0) {
            return false;
        }

        List<double[]> values = new ArrayList<>();
        for (PartialSums each : partials[round()]) {
            values.add(each.values());
        }

        totals.add(rule.total(round(), parts, values));
        return true;
    }

    /** A range whose sums of this round are not there; -1 if all are. */
    private int missing(long step) {
        for (int range = 0; range < ranges.size(); range++) {
            if (!partials[round()][range].isComplete(step)) {
                return range;
            }
        }

        return -1;
    }

    /** Asks the other shards for what has not come. */
    void askForMissing(long step) {
        for (int range = 0; range < ranges.size() && !isOver(); range++) {
            PartialSums each = partials[round()][range];
            int owner = ranges.get(range).shard();
            if (owner != self && !each.isComplete(step)) {
                Transfer ask = new Transfer(FrameType.ASK_SUMS, self, range, null);
                peers.apply(owner).add(ask.begin(step, (long) round(), each.received(step)));
            }
        }
    }

    /** Repeats sums to a shard that has lost them. */
    void answer(Frame ask) {
        boolean own = isKnown(ask) && ranges.get(ask.range()).shard() == self && ask.member() < shards;
        if (own && partials[ask.part()][ask.range()].isComplete(ask.step())) {
            send(ask.member(), ask.range(), ask.part(), ask.step(), ask.start());
        }
    }

    private boolean isKnown(Frame frame) {
        return frame.part() >= 0 && frame.part() < partials.length && frame.range() < ranges.size();
    }

    /** The step has been applied: the next begins with its first round. */
    void clear() {
        totals.clear();
    }
}

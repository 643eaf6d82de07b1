package dev.lockstep.params.client;

import dev.lockstep.params.ParamException;
import dev.lockstep.params.ParamException.Outcome;
import dev.lockstep.params.Range;
import dev.lockstep.params.wire.Frame;
import dev.lockstep.params.wire.FrameType;
import dev.lockstep.params.wire.PieceReader;
import dev.lockstep.params.wire.Transfer;
import dev.lockstep.params.wire.WordBuffer;

/** One part of a range on its way here. One thread at a time. */
final class Fetch {
    static final long ANY_STEP = -1;

    private final Range range;
    private final int part;
    private final boolean isEmpty;
    private final PieceReader pieces;
    private final Transfer pull;
    private boolean complete;
    private long expected = ANY_STEP;
    private long step;

    Fetch(int worker, Range range, int part, WordBuffer into) {
        this.range = range;
        this.part = part;
        this.isEmpty = into.count() == 0;
        this.pieces = new PieceReader(into);
        this.pull = new Transfer(FrameType.PULL, worker, range.index(), null);
    }

    /** The shard must stand at this step. */
    void expect(long atStep) {
        this.expected = atStep;
    }

    Range range() {
        return range;
    }

    boolean complete() {
        return complete;
    }

    /** Which step the shard had applied. */
    long step() {
        return step;
    }

    /** The request for what is still missing. */
    Transfer pull() {
        return pull.begin(0, (long) part, pieces.received());
    }

    /** Takes a piece; returns false if it is another fetch's, or not the one that comes next. */
    boolean arrive(Frame state) {
        boolean own = state.range() == range.index() && state.part() == part && !complete;
        boolean next = own && (isEmpty ? state.count() == 0 : pieces.take(state));
        if (next) {
            requireStep(state.step());
            this.complete = pieces.isComplete();
            this.step = state.step();
        }

        return next;
    }

    private void requireStep(long actual) {
        if (expected != ANY_STEP && actual != expected) {
            throw new ParamException(
                    Outcome.REFUSED,
                    "Shard stands at another step: shard=" + range.shard() + ", range=" + range.index() + ", step="
                            + actual + ", expected=" + expected);
        }
    }
}

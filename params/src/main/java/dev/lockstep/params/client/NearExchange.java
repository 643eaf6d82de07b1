package dev.lockstep.params.client;

import dev.lockstep.params.Range;
import dev.lockstep.params.plane.HostSeat;
import dev.lockstep.params.wire.Frame;

/**
 * One range in the memory of this host: the gradient stays where it is and gets its stamp, and the new values are there
 * once they have theirs. The shard puts them there, or the host's leader where the shard is elsewhere.
 */
final class NearExchange implements Exchange {
    private final Range range;
    private final HostSeat seat;
    private long step;
    private double weight;
    private boolean begun;

    NearExchange(Range range, HostSeat seat) {
        this.range = range;
        this.seat = seat;
    }

    @Override
    public void begin(long ofStep, double ofWeight) {
        this.step = ofStep;
        this.weight = ofWeight;
        this.begun = false;
    }

    @Override
    public void push() {
        this.begun = true;
        seat.gradient().stamp(range.index(), step, /* flags */ 0, weight);
    }

    @Override
    public void pushNothing() {
        this.begun = true;
        seat.gradient().stamp(range.index(), step, Frame.EMPTY, /* weight */ 0);
    }

    @Override
    public boolean advance() {
        return false;
    }

    @Override
    public boolean arrive(Frame broadcast) {
        return false;
    }

    @Override
    public boolean isComplete() {
        return begun && seat.values().stands(range.index(), step);
    }

    @Override
    public int flags() {
        return seat.values().flags(range.index());
    }

    @Override
    public double squares() {
        return seat.values().squares(range.index());
    }

    @Override
    public boolean need(Frame need) {
        return false;
    }

    @Override
    public void ask() {}

    @Override
    public String describe() {
        return "range " + range.index() + " of shard " + range.shard() + " in shared memory"
                + (begun ? "" : " (gradient not ready)");
    }
}

package dev.lockstep.params.client;

import dev.lockstep.params.Range;
import dev.lockstep.params.plane.HostRange;
import dev.lockstep.params.wire.Frame;
import java.nio.ByteBuffer;

/**
 * One range between the memory of this host and a shard on another: what the host's workers have is added once all of
 * it is there and pushed once, and the new values come once for all of them. So a network carries each value of a step
 * there and back once for each host.
 */
final class LeaderExchange implements Exchange {
    private final Range range;
    private final NearExchange own;
    private final HostRange host;
    private final RangeExchange far;
    private final HostPush push;
    private long step;
    private boolean pushed;

    /**
     * @param own this worker's gradient, one of the host's
     * @param far to the shard
     * @param push what is pushed there
     */
    LeaderExchange(Range range, NearExchange own, HostRange host, RangeExchange far, HostPush push) {
        this.range = range;
        this.own = own;
        this.host = host;
        this.far = far;
        this.push = push;
    }

    @Override
    public void begin(long ofStep, double ofWeight) {
        own.begin(ofStep, ofWeight);
        this.step = ofStep;
        this.pushed = false;
    }

    @Override
    public void push() {
        own.push();
        advance();
    }

    @Override
    public void pushNothing() {
        own.pushNothing();
        advance();
    }

    @Override
    public boolean advance() {
        if (pushed || !host.isWhole(step)) {
            return false;
        }

        this.pushed = true;
        far.begin(step, host.weight());
        if (host.isEmpty()) {
            far.pushNothing();
            return true;
        }

        push.to(far);
        return true;
    }

    @Override
    public boolean arrive(Frame broadcast) {
        boolean taken = pushed && far.arrive(broadcast);
        if (taken && far.isComplete()) {
            push.settle((far.flags() & Frame.SKIPPED) != 0);
            host.shown(step, far.flags(), far.squares());
        }

        return taken;
    }

    @Override
    public ByteBuffer place(Frame broadcast) {
        return pushed ? far.place(broadcast) : null;
    }

    @Override
    public boolean isComplete() {
        return pushed && far.isComplete();
    }

    @Override
    public int flags() {
        return far.flags();
    }

    @Override
    public double squares() {
        return far.squares();
    }

    @Override
    public boolean need(Frame need) {
        return pushed && far.need(need);
    }

    @Override
    public void ask() {
        if (pushed) {
            far.ask();
        }
    }

    @Override
    public String describe() {
        return pushed ? far.describe() : "range " + range.index() + " of this host (gradients not ready)";
    }
}

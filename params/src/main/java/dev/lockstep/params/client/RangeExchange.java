package dev.lockstep.params.client;

import dev.lockstep.params.Range;
import dev.lockstep.params.wire.Frame;
import dev.lockstep.params.wire.FrameType;
import dev.lockstep.params.wire.Outbox;
import dev.lockstep.params.wire.Transfer;
import dev.lockstep.params.wire.WordBuffer;
import java.nio.ByteBuffer;

/** One range on its way to its shard and back in frames. Nothing is allocated in a step. */
final class RangeExchange implements Exchange {
    private final Range range;
    private final Outbox shard;
    private final Transfer push;
    private final Transfer ask;
    private final Receiver receiver;
    private long step;
    private double weight;
    private boolean begun;
    private boolean empty;
    private int flags;
    private double squares;

    /**
     * @param words what is pushed; null where it is another list at every step
     * @param shard the outbox to it
     */
    RangeExchange(int worker, Range range, WordBuffer words, Receiver receiver, Outbox shard) {
        this.range = range;
        this.shard = shard;
        this.push = new Transfer(FrameType.PUSH, worker, range.index(), words);
        this.ask = new Transfer(FrameType.ASK, worker, range.index(), null);
        this.receiver = receiver;
    }

    @Override
    public void begin(long ofStep, double ofWeight) {
        this.step = ofStep;
        this.weight = ofWeight;
        this.begun = false;
        this.empty = false;
        this.flags = 0;
        receiver.clear();
    }

    @Override
    public void push() {
        this.begun = true;
        shard.add(push.begin(step, weight, 0));
    }

    /** Pushes the first words of a buffer. */
    void push(WordBuffer words, int count) {
        push.carry(words, count);
        push();
    }

    @Override
    public void pushNothing() {
        this.begun = true;
        this.empty = true;
        shard.add(push.beginEmpty(step));
    }

    @Override
    public boolean advance() {
        return false;
    }

    @Override
    public boolean arrive(Frame broadcast) {
        boolean taken = begun && broadcast.step() == step && receiver.take(broadcast);
        this.flags |= taken ? broadcast.flags() : 0;
        this.squares = taken ? broadcast.squares() : squares;
        return taken;
    }

    @Override
    public ByteBuffer place(Frame broadcast) {
        return begun && broadcast.step() == step ? receiver.place(broadcast) : null;
    }

    @Override
    public int flags() {
        return flags;
    }

    @Override
    public double squares() {
        return squares;
    }

    @Override
    public boolean isComplete() {
        return receiver.isComplete();
    }

    @Override
    public boolean need(Frame need) {
        boolean own = need.step() == step && begun && !push.pending();
        if (!own || need.start() < 0 || need.start() >= Math.max(1, push.count())) {
            return false;
        }

        shard.add(empty ? push.beginEmpty(step) : push.begin(step, weight, need.start()));
        return true;
    }

    @Override
    public void ask() {
        if (begun && !push.pending() && !isComplete()) {
            shard.add(ask.begin(step, 0L, receiver.length()));
        }
    }

    @Override
    public String describe() {
        String state = begun ? push.pending() ? " (not yet sent)" : "" : " (gradient not ready)";
        return "range " + range.index() + " of shard " + range.shard() + state;
    }
}

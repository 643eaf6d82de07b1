package dev.lockstep.params.client;

import dev.lockstep.params.wire.Frame;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;

/**
 * Some ranges on their way to the shards and back: the gradient and then the values of a step, or the buffers and then
 * their mean. Begun anew for every step; nothing is allocated. One thread at a time.
 */
public final class RangeRound {
    private final int first;
    private final Exchange[] exchanges;
    private final boolean[] isComplete;
    private int complete;
    private long step;
    private int flags;

    /**
     * @param first index of the first range in the layout
     * @param exchanges of it and those that follow
     */
    RangeRound(int first, List<? extends Exchange> exchanges) {
        this.first = first;
        this.exchanges = exchanges.toArray(Exchange[]::new);
        this.isComplete = new boolean[exchanges.size()];
        this.complete = exchanges.size();
    }

    /** @param weight what each push carries; nothing is pushed yet */
    void begin(long ofStep, double weight) {
        this.step = ofStep;
        this.flags = 0;
        this.complete = 0;
        Arrays.fill(isComplete, false);
        for (Exchange exchange : exchanges) {
            exchange.begin(ofStep, weight);
        }
    }

    /** One of them, for its gradient to be pushed. */
    Exchange exchange(int index) {
        return exchanges[index];
    }

    void pushAll() {
        for (Exchange exchange : exchanges) {
            exchange.push();
        }
    }

    /** There is nothing to push for any range. */
    void pushNothing() {
        for (Exchange exchange : exchanges) {
            exchange.pushNothing();
        }
    }

    public boolean isOver() {
        return complete == exchanges.length;
    }

    long step() {
        return step;
    }

    /** Whether a shard said that the job ends after this step. */
    public boolean stop() {
        return (flags & Frame.STOP) != 0;
    }

    /** Whether the shards have skipped the step, because the gradient is not finite. */
    public boolean skipped() {
        return (flags & Frame.SKIPPED) != 0;
    }

    /** Whether the values are to be looked at within the same step. */
    boolean goesOn() {
        return (flags & Frame.MORE) != 0;
    }

    /** Of the gradient of the step that is over: added in the ranges' order, whatever came first. */
    public double squares() {
        double squares = 0;
        for (Exchange exchange : exchanges) {
            squares += exchange.squares();
        }

        return squares;
    }

    boolean covers(int range) {
        return range >= first && range < first + exchanges.length;
    }

    /** Where the words of values belong of which the head has come; null if nobody waits for them, or not there. */
    ByteBuffer place(Frame broadcast) {
        return exchanges[broadcast.range() - first].place(broadcast);
    }

    /** Takes values; returns false if they are not the ones that come next. */
    boolean arrive(Frame broadcast) {
        int index = broadcast.range() - first;
        boolean taken = exchanges[index].arrive(broadcast);
        if (taken) {
            see(index);
        }

        return taken;
    }

    /** Goes on with what others have put into the memory of this host; returns how much there was to do. */
    int advance() {
        int work = 0;
        for (int i = exchanges.length - 1; i >= 0 && complete < exchanges.length; i--) {
            if (!isComplete[i]) {
                work += exchanges[i].advance() ? 1 : 0;
                work += see(i) ? 1 : 0;
            }
        }

        return work;
    }

    /** Returns whether a range has become complete. */
    private boolean see(int index) {
        if (isComplete[index] || !exchanges[index].isComplete()) {
            return false;
        }

        isComplete[index] = true;
        this.flags |= exchanges[index].flags();
        complete++;
        return true;
    }

    /** A shard lacks the rest of a push. */
    boolean need(Frame need) {
        return exchanges[need.range() - first].need(need);
    }

    /** Asks for the values of all ranges that have been pushed but have not come back. */
    void ask() {
        for (Exchange exchange : exchanges) {
            exchange.ask();
        }
    }

    /** What is missing, for messages. */
    String missing() {
        StringBuilder missing = new StringBuilder();
        int count = 0;
        for (Exchange exchange : exchanges) {
            if (!exchange.isComplete() && ++count <= 8) {
                missing.append(count == 1 ? "" : "; ").append(exchange.describe());
            }
        }

        return "[" + missing + (count > 8 ? "; and " + (count - 8) + " more" : "") + "]";
    }
}

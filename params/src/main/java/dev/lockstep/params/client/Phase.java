package dev.lockstep.params.client;

import dev.lockstep.params.Range;
import dev.lockstep.params.wire.Frame;
import dev.lockstep.params.wire.FrameType;
import dev.lockstep.params.wire.Outbox;
import dev.lockstep.params.wire.Transfer;
import dev.lockstep.params.wire.Words;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.List;

/**
 * Some ranges on their way to the shards and back: the gradient and then the values of a step, or the buffers and then their mean.
 * Begun anew for every step; nothing is allocated. One thread at a time.
 */
final class Phase {
    private final List<Range> ranges;
    private final int first;
    private final Outbox[] shards;
    private final Words[] into;
    private final Transfer[] pushes;
    private final Transfer[] asks;
    private final boolean[] begun;
    private final int[] arrived;
    private int complete;
    private long step;
    private double weight;
    private boolean empty;
    private boolean stop;

    /**
     * @param from what is pushed
     * @param to where values arrive
     * @param shards an outbox to each
     */
    Phase(int worker, List<Range> ranges, FloatBuffer from, FloatBuffer to, Outbox[] shards) {
        this.ranges = ranges;
        this.first = ranges.isEmpty() ? 0 : ranges.get(0).index();
        this.shards = shards;
        int count = ranges.size();
        this.into = new Words[count];
        this.pushes = new Transfer[count];
        this.asks = new Transfer[count];
        this.begun = new boolean[count];
        this.arrived = new int[count];
        this.complete = count;
        for (int i = 0; i < count; i++) {
            Range range = ranges.get(i);
            into[i] = Words.of(to, range.start(), range.count());
            Words gradient = Words.of(from, range.start(), range.count());
            pushes[i] = new Transfer(FrameType.PUSH, worker, range.index(), gradient);
            asks[i] = new Transfer(FrameType.ASK, worker, range.index(), null);
        }
    }

    /** @param ofWeight what each push carries; nothing is pushed yet */
    void begin(long ofStep, double ofWeight) {
        this.step = ofStep;
        this.weight = ofWeight;
        this.empty = false;
        this.stop = false;
        this.complete = 0;
        Arrays.fill(begun, false);
        Arrays.fill(arrived, 0);
    }

    /** A range is finished here: it is pushed, and may be overwritten from now on. */
    void push(int index) {
        begun[index] = true;
        outbox(index).add(pushes[index].begin(step, weight, 0));
    }

    void pushAll() {
        for (int i = 0; i < begun.length; i++) {
            push(i);
        }
    }

    /** There is nothing to push for any range. */
    void pushNothing() {
        this.empty = true;
        for (int i = 0; i < begun.length; i++) {
            begun[i] = true;
            outbox(i).add(pushes[i].beginEmpty(step));
        }
    }

    boolean isOver() {
        return complete == begun.length;
    }

    long step() {
        return step;
    }

    /** Whether a shard said that the job ends after this step. */
    boolean stop() {
        return stop;
    }

    boolean covers(int range) {
        return range >= first && range < first + begun.length;
    }

    /** Takes values; returns false if they are not the ones that come next. */
    boolean arrive(Frame broadcast) {
        int index = broadcast.range() - first;
        boolean next = broadcast.step() == step
                && begun[index]
                && broadcast.start() == arrived[index]
                && broadcast.count() > 0
                && broadcast.count() <= into[index].count() - arrived[index];
        if (!next) {
            return false;
        }

        broadcast.copyWords(0, broadcast.count(), into[index], arrived[index]);
        arrived[index] += broadcast.count();
        complete += arrived[index] == into[index].count() ? 1 : 0;
        this.stop |= broadcast.stop();
        return true;
    }

    /** A shard lacks the rest of a push. */
    boolean need(Frame need) {
        int index = need.range() - first;
        boolean own = need.step() == step && begun[index] && !pushes[index].pending();
        if (!own || need.start() < 0 || need.start() >= into[index].count()) {
            return false;
        }

        Transfer again = empty ? pushes[index].beginEmpty(step) : pushes[index].begin(step, weight, need.start());
        outbox(index).add(again);
        return true;
    }

    /** Asks for the values of all ranges that have been pushed but have not come back. */
    void ask() {
        for (int i = 0; i < begun.length; i++) {
            if (begun[i] && !pushes[i].pending() && arrived[i] < into[i].count()) {
                outbox(i).add(asks[i].begin(step, 0L, arrived[i]));
            }
        }
    }

    private Outbox outbox(int index) {
        return shards[ranges.get(index).shard()];
    }

    /** What is missing, for messages. */
    String missing() {
        StringBuilder missing = new StringBuilder();
        int count = 0;
        for (int i = 0; i < begun.length; i++) {
            if (arrived[i] < into[i].count() && ++count <= 8) {
                Range range = ranges.get(i);
                missing.append(count == 1 ? "" : "; ")
                        .append("range ")
                        .append(range.index())
                        .append(" of shard ")
                        .append(range.shard())
                        .append(begun[i] ? pushes[i].pending() ? " (not yet sent)" : "" : " (gradient not ready)");
            }
        }

        return "[" + missing + (count > 8 ? "; and " + (count - 8) + " more" : "") + "]";
    }
}

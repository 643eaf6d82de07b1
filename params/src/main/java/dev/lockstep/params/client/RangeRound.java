package dev.lockstep.params.client;

import dev.lockstep.params.wire.Frame;
import java.util.List;

/**
 * Some ranges on their way to the shards and back: the gradient and then the values of a step, or the buffers and then
 * their mean. Begun anew for every step; nothing is allocated. One thread at a time.
 */
public final class RangeRound {
    private final int first;
    private final RangeExchange[] exchanges;
    private int complete;
    private long step;
    private boolean stop;
    private boolean more;

    /**
     * @param first index of the first range in the layout
     * @param exchanges of it and those that follow
     */
    RangeRound(int first, List<RangeExchange> exchanges) {
        this.first = first;
        this.exchanges = exchanges.toArray(RangeExchange[]::new);
        this.complete = exchanges.size();
    }

    /** @param weight what each push carries; nothing is pushed yet */
    void begin(long ofStep, double weight) {
        this.step = ofStep;
        this.stop = false;
        this.more = false;
        this.complete = 0;
        for (RangeExchange exchange : exchanges) {
            exchange.begin(ofStep, weight);
        }
    }

    /** One of them, for its gradient to be pushed. */
    RangeExchange exchange(int index) {
        return exchanges[index];
    }

    void pushAll() {
        for (RangeExchange exchange : exchanges) {
            exchange.push();
        }
    }

    /** There is nothing to push for any range. */
    void pushNothing() {
        for (RangeExchange exchange : exchanges) {
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
        return stop;
    }

    /** Whether the values are to be looked at within the same step. */
    boolean goesOn() {
        return more;
    }

    boolean covers(int range) {
        return range >= first && range < first + exchanges.length;
    }

    /** Takes values; returns false if they are not the ones that come next. */
    boolean arrive(Frame broadcast) {
        RangeExchange exchange = exchanges[broadcast.range() - first];
        if (!exchange.arrive(broadcast)) {
            return false;
        }

        complete += exchange.isComplete() ? 1 : 0;
        this.stop |= broadcast.stop();
        this.more |= broadcast.more();
        return true;
    }

    /** A shard lacks the rest of a push. */
    boolean need(Frame need) {
        return exchanges[need.range() - first].need(need);
    }

    /** Asks for the values of all ranges that have been pushed but have not come back. */
    void ask() {
        for (RangeExchange exchange : exchanges) {
            exchange.ask();
        }
    }

    /** What is missing, for messages. */
    String missing() {
        StringBuilder missing = new StringBuilder();
        int count = 0;
        for (RangeExchange exchange : exchanges) {
            if (!exchange.isComplete() && ++count <= 8) {
                missing.append(count == 1 ? "" : "; ").append(exchange.describe());
            }
        }

        return "[" + missing + (count > 8 ? "; and " + (count - 8) + " more" : "") + "]";
    }
}

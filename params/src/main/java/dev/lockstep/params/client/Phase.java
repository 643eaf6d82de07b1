package dev.lockstep.params.client;

import dev.lockstep.params.wire.Frame;
import java.util.List;

/**
 * Some ranges on their way to the shards and back: the gradient and then the values of a step, or the buffers and then
 * their mean. Begun anew for every step; nothing is allocated. One thread at a time.
 */
public final class Phase {
    private final int first;
    private final Passage[] passages;
    private int complete;
    private long step;
    private boolean stop;
    private boolean more;

    /**
     * @param first index of the first range in the layout
     * @param passages of it and those that follow
     */
    Phase(int first, List<Passage> passages) {
        this.first = first;
        this.passages = passages.toArray(Passage[]::new);
        this.complete = passages.size();
    }

    /** @param weight what each push carries; nothing is pushed yet */
    void begin(long ofStep, double weight) {
        this.step = ofStep;
        this.stop = false;
        this.more = false;
        this.complete = 0;
        for (Passage passage : passages) {
            passage.begin(ofStep, weight);
        }
    }

    /** One of them, for its gradient to be pushed. */
    Passage passage(int index) {
        return passages[index];
    }

    void pushAll() {
        for (Passage passage : passages) {
            passage.push();
        }
    }

    /** There is nothing to push for any range. */
    void pushNothing() {
        for (Passage passage : passages) {
            passage.pushNothing();
        }
    }

    public boolean isOver() {
        return complete == passages.length;
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
        return range >= first && range < first + passages.length;
    }

    /** Takes values; returns false if they are not the ones that come next. */
    boolean arrive(Frame broadcast) {
        Passage passage = passages[broadcast.range() - first];
        if (!passage.arrive(broadcast)) {
            return false;
        }

        complete += passage.isComplete() ? 1 : 0;
        this.stop |= broadcast.stop();
        this.more |= broadcast.more();
        return true;
    }

    /** A shard lacks the rest of a push. */
    boolean need(Frame need) {
        return passages[need.range() - first].need(need);
    }

    /** Asks for the values of all ranges that have been pushed but have not come back. */
    void ask() {
        for (Passage passage : passages) {
            passage.ask();
        }
    }

    /** What is missing, for messages. */
    String missing() {
        StringBuilder missing = new StringBuilder();
        int count = 0;
        for (Passage passage : passages) {
            if (!passage.isComplete() && ++count <= 8) {
                missing.append(count == 1 ? "" : "; ").append(passage.describe());
            }
        }

        return "[" + missing + (count > 8 ? "; and " + (count - 8) + " more" : "") + "]";
    }
}

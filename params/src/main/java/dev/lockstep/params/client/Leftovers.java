package dev.lockstep.params.client;

import dev.lockstep.params.Layout;
import dev.lockstep.params.Range;
import dev.lockstep.params.compress.ErrorFeedback;
import dev.lockstep.params.compress.Residual;
import dev.lockstep.params.shard.ShardRule;
import java.nio.FloatBuffer;

/**
 * What was not sent of the gradients of a worker, or of the host that it leads. It goes on where the worker compresses
 * a range; where it does not, because others came together on its host, it is added to the worker's next gradient. So
 * none is lost wherever the next segment runs. One thread at a time.
 */
final class Leftovers {
    private final ShardRule rule;
    private final Layout layout;
    private final FloatBuffer gradient;
    private final int workers;
    private final ErrorFeedback[] feedback;
    private final boolean[] waits;
    private Residual before;

    /**
     * @param gradient the worker's own, as long as the trained vector
     * @param workers on its host
     */
    Leftovers(ShardRule rule, Layout layout, FloatBuffer gradient, int workers) {
        this.rule = rule;
        this.layout = layout;
        this.gradient = gradient;
        this.workers = workers;
        this.feedback = new ErrorFeedback[layout.trained().size()];
        this.waits = new boolean[feedback.length];
        this.before = new Residual(0, 1, new float[0]);
    }

    /** For a range that this worker pushes to another host; null if it is pushed as it is. */
    ErrorFeedback of(Range range) {
        feedback[range.index()] =
                rule.compresses() ? new ErrorFeedback(rule.compression(), rule.divisor()::of, range.count()) : null;
        return feedback[range.index()];
    }

    /** Goes on with what an earlier segment left. */
    void restore(Residual residual) {
        this.before = residual;
        for (Range range : layout.trained()) {
            ErrorFeedback own = feedback[range.index()];
            waits[range.index()] = own == null && !residual.isNone();
            if (own != null && !residual.isNone()) {
                own.restore(residual.values(), range.start(), residual.weightOf(workers));
            }
        }
    }

    /** The gradient of a range is about to be pushed as it is. @param weight of this worker's share */
    void addTo(Range range, double weight) {
        if (!waits[range.index()] || !(weight > 0)) {
            return;
        }

        waits[range.index()] = false;
        float ratio = before.in(weight, 1, rule.divisor()::of);
        for (int i = range.start(); i < range.end(); i++) {
            gradient.put(i, gradient.get(i) + before.values()[i] * ratio);
        }
    }

    /** What is left now. */
    Residual save() {
        double weight = 0;
        float[] kept = new float[layout.valueCount()];
        float[] waiting = new float[layout.valueCount()];
        for (Range range : layout.trained()) {
            ErrorFeedback own = feedback[range.index()];
            if (own != null) {
                own.copyKept(kept, range.start());
                weight = Math.max(weight, own.weight());
            } else if (waits[range.index()]) {
                System.arraycopy(before.values(), range.start(), waiting, range.start(), range.count());
            }
        }

        Residual rest = new Residual(before.weight(), before.workers(), waiting);
        return new Residual(weight, workers, kept).plus(rest, rule.divisor()::of);
    }
}

package dev.lockstep.params.client;

import dev.lockstep.params.Range;
import dev.lockstep.params.compress.ErrorFeedback;
import dev.lockstep.params.plane.HostRange;
import dev.lockstep.params.wire.WordBuffer;

/** What a leader pushes of a range: the sum of its host's gradients, or the list that stands for it. One thread. */
final class HostPush {
    private final Range range;
    private final HostRange host;
    private final ErrorFeedback feedback;
    private final PushedWords pushed;
    private final float[] sum;
    private final WordBuffer words;
    private boolean settled = true;

    /** @param alone the gradient where it lies, of a leader that is alone; null if there are more to be added */
    HostPush(Range range, HostRange host, Leftovers leftovers, PushedWords pushed, WordBuffer alone) {
        this.range = range;
        this.host = host;
        this.feedback = leftovers.of(range);
        this.pushed = pushed;
        this.sum = feedback != null || alone != null ? null : new float[range.count()];
        this.words = feedback != null ? WordBuffer.of(feedback.words()) : alone != null ? alone : WordBuffer.of(sum);
    }

    /** Pushes the gradients of a step, which are all there. */
    void to(RangeExchange shard) {
        int count = range.count();
        if (feedback != null) {
            host.sum(feedback.gradient(), 0, range.count());
            count = feedback.compress(host.weight());
            this.settled = false;
        } else if (sum != null) {
            host.sum(sum, 0, sum.length);
        }

        pushed.add(count, range.count());
        shard.push(words, count);
    }

    /** The step is over. */
    void settle(boolean skipped) {
        if (!settled && !skipped) {
            feedback.applied();
        }

        this.settled = true;
    }
}

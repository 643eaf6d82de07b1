package dev.lockstep.driver.task;

import dev.lockstep.losses.LossSum;
import dev.lockstep.optim.Sums;
import dev.lockstep.optim.update.NonFinite;
import dev.lockstep.optim.update.UpdateRule;
import dev.lockstep.params.AbortException;
import dev.lockstep.params.Parameter;
import dev.lockstep.worker.Replica;
import java.nio.FloatBuffer;
import java.util.List;

/**
 * What a worker looks at in each step beside the loss: the regularization of the parameters, and whether its gradient
 * is finite. Where such steps are skipped, a worker whose gradient is not finite takes back what the forward pass has
 * done to its buffers. One thread.
 */
final class StepChecks {
    /** No parameter. */
    static final int NONE = -1;

    private static final int BLOCK = 4096;

    private final UpdateRule rule;
    private final Replica replica;
    private final int worker;
    private final List<Parameter> parameters;
    private final boolean[] regularized;
    private final float[] block = new float[BLOCK];
    private final float[] buffers;

    StepChecks(UpdateRule rule, Replica replica, int worker) {
        this.rule = rule;
        this.replica = replica;
        this.worker = worker;
        this.parameters = replica.parameters();
        this.regularized = new boolean[parameters.size()];
        for (int i = 0; i < regularized.length; i++) {
            regularized[i] = rule.regularization().covers(parameters.get(i).name());
        }
        this.buffers = new float[skips() ? replica.bufferValues().capacity() : 0];
    }

    /**
     * Reg at the parameters that the step finds, the same bits however many workers and shards there are; 0 but from
     * worker 0.
     */
    double before() {
        if (skips()) {
            replica.bufferValues().duplicate().rewind().get(buffers);
        }
        if (worker > 0 || !rule.regularization().adds()) {
            return 0;
        }

        double sum = 0;
        int start = 0;
        for (int i = 0; i < parameters.size(); i++) {
            int size = parameters.get(i).size();
            FloatBuffer values = replica.values().duplicate().rewind().slice(start, size);
            sum += regularized[i] ? rule.regularization().of(values) : 0;
            start += size;
        }
        return sum;
    }

    /**
     * The last parameter whose gradient is not finite, which the backward pass reached first; {@link #NONE} if there is
     * none, or if nobody will skip the step: then the shards look at the sum over all workers.
     *
     * @throws AbortException if the loss is not finite and the run is to stop for it
     */
    int after(long step, LossSum loss) {
        if (!skips() && Double.isFinite(loss.sum())) {
            return NONE;
        }

        int first = firstNonFinite();
        if (!skips()) {
            throw new AbortException(AbortException.Kind.TRAINING, text(step, loss, first));
        }
        if (first != NONE) {
            replica.bufferValues().duplicate().rewind().put(buffers);
        }
        return first;
    }

    private boolean skips() {
        return rule.nonFinite() == NonFinite.SKIP;
    }

    private int firstNonFinite() {
        int end = replica.gradient().capacity();
        for (int index = parameters.size() - 1; index >= 0; index--) {
            int start = end - parameters.get(index).size();
            if (!isFinite(start, end)) {
                return index;
            }
            end = start;
        }
        return NONE;
    }

    private boolean isFinite(int start, int end) {
        for (int from = start; from < end; from += BLOCK) {
            int count = Math.min(BLOCK, end - from);
            replica.gradient().duplicate().position(from).get(block, 0, count);
            // Squares of floats do not overflow a double.
            if (!Double.isFinite(Sums.ofSquares(block, 0, count))) {
                return false;
            }
        }
        return true;
    }

    private String text(long step, LossSum loss, int first) {
        return "Loss is not finite: step=" + step + ", worker=" + worker + ", sum=" + loss.sum()
                + ", first gradient that is not finite="
                + (first == NONE ? "none" : parameters.get(first).name())
                + ". A smaller learning rate or clip: {norm: 1} may help.";
    }
}

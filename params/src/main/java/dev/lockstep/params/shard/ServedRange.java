package dev.lockstep.params.shard;

import dev.lockstep.params.wire.Frame;
import dev.lockstep.params.wire.FrameType;
import dev.lockstep.params.wire.Transfer;
import dev.lockstep.params.wire.Words;

/** A range in one generation: what its workers push, and what they are sent. One thread. */
final class ServedRange {
    private final OwnedRange owned;
    private final RangeSum sum;
    private final Transfer[] broadcasts;
    private final Transfer[] needs;
    private long summing;
    private boolean lastStep;

    ServedRange(OwnedRange owned, int workers, Workspace workspace) {
        this.owned = owned;
        this.sum = new RangeSum(owned.range().count(), workers, workspace);
        this.broadcasts = new Transfer[workers];
        this.needs = new Transfer[workers];
        Words values = Words.of(owned.params());
        for (int worker = 0; worker < workers; worker++) {
            broadcasts[worker] = new Transfer(FrameType.BROADCAST, worker, index(), values);
            needs[worker] = new Transfer(FrameType.NEED, worker, index(), null);
        }

        this.summing = trained() ? owned.step() + 1 : 0;
    }

    OwnedRange owned() {
        return owned;
    }

    int index() {
        return owned.range().index();
    }

    boolean trained() {
        return owned.range().trained();
    }

    /** Takes a push; returns whether it made the sum complete. Buffers follow no count of steps: the first push names theirs. */
    boolean push(Frame push) {
        if (!trained() && summing == 0 && push.step() > owned.step()) {
            this.summing = push.step();
        }

        return push.step() == summing && sum.add(push.member(), push) && sum.complete();
    }

    /** The complete sum, divided: by the weights' sum or by one. Live, and the caller's to change. */
    float[] gradient(Divisor divisor) {
        float[] gradient = sum.values();
        float by = (float) divisor.of(sum.weight());
        for (int i = 0; i < gradient.length; i++) {
            gradient[i] /= by;
        }

        return gradient;
    }

    /** Replaces buffers by their mean over the workers that had any; without such, they stay. */
    void average() {
        int contributors = sum.contributors();
        float[] values = sum.values();
        float[] params = owned.params();
        for (int i = 0; i < params.length && contributors > 0; i++) {
            params[i] = values[i] / contributors;
        }
    }

    /** The step that is being summed has been applied. @param last whether the job is to end after it */
    void applied(boolean last) {
        owned.step(summing);
        this.lastStep = last;
        this.summing = trained() ? summing + 1 : 0;
        sum.clear();
    }

    /** The values of the step that was applied last, on their way to a worker. */
    Transfer broadcast(int worker, int from) {
        return broadcasts[worker].begin(owned.step(), 0L, from).stopping(lastStep);
    }

    /** What to say to a worker that misses the values of a step; null if it has to wait for others. */
    Transfer answer(Frame ask) {
        int worker = ask.member();
        if (ask.step() == owned.step()) {
            return ask.start() < owned.params().length ? broadcast(worker, Math.max(0, ask.start())) : null;
        }

        int received = ask.step() == summing ? sum.received(worker) : 0;
        boolean lacks = ask.step() > owned.step() && received < owned.params().length;
        return lacks ? needs[worker].begin(ask.step(), 0L, received) : null;
    }
}

package dev.lockstep.params.shard;

import dev.lockstep.params.wire.Frame;
import dev.lockstep.params.wire.FrameType;
import dev.lockstep.params.wire.Transfer;

/** A range in one generation: what its workers push, and what they are sent. One thread. */
final class ServedRange {
    private final OwnedRange owned;
    private final Pushes pushes;
    private final RowSum rows;
    private final Outgoing values;
    private final Transfer[] broadcasts;
    private final Transfer[] needs;
    private final boolean counts;
    private long summing;
    private long done;
    private boolean evaluated;
    private boolean lastStep;
    private boolean more;

    /** @param width values per row, where workers push rows; else 0 */
    ServedRange(OwnedRange owned, int width, int workers, Workspace workspace) {
        this.owned = owned;
        int count = owned.range().count();
        this.rows = width == 0 ? null : new RowSum(count, width, workers);
        this.pushes = width == 0 ? new RangeSum(count, workers, workspace) : rows;
        this.values = new Outgoing(owned.params(), width);
        this.broadcasts = new Transfer[workers];
        this.needs = new Transfer[workers];
        for (int worker = 0; worker < workers; worker++) {
            broadcasts[worker] = new Transfer(FrameType.BROADCAST, worker, index(), null);
            needs[worker] = new Transfer(FrameType.NEED, worker, index(), null);
        }

        this.counts = trained() && owned.vectors() == null;
        this.done = owned.step();
        this.summing = counts ? done + 1 : 0;
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

    /**
     * Takes a push; returns whether it made the sum complete. Buffers, and evaluations within L-BFGS steps, follow no
     * count of steps: the push of the lowest that is still to come names theirs, as all workers are at the same.
     *
     * @param last that a push of this generation can be of
     */
    boolean push(Frame push, long last) {
        boolean isSooner = summing == 0 || push.step() < summing;
        if (!counts && isSooner && push.step() > done && push.step() <= last) {
            pushes.clear();
            this.summing = push.step();
        }

        return push.step() == summing && pushes.add(push.member(), push) && pushes.isComplete();
    }

    /**
     * The complete sum, divided: by the weights' sum or by one. Live, and the caller's to change where the step touches
     * it.
     */
    float[] gradient(Divisor divisor) {
        pushes.divide((float) divisor.of(pushes.weight()));
        if (rows != null) {
            owned.state().touch(/* part */ 0, rows.rows());
        }

        return pushes.values();
    }

    /** Replaces buffers by their mean over the workers that had any, each of weight 1; without such, they stay. */
    void average() {
        float contributors = (float) pushes.weight();
        float[] sum = pushes.values();
        float[] params = owned.params();
        for (int i = 0; i < params.length && contributors > 0; i++) {
            params[i] = sum[i] / contributors;
        }
    }

    /** The gradient is complete and divided: an L-BFGS step may take it. */
    void evaluated() {
        this.evaluated = true;
    }

    boolean isEvaluated() {
        return evaluated;
    }

    /** The gradient of the evaluation that is under way; live. */
    float[] evaluation() {
        return pushes.values();
    }

    /** The step that is being summed has been applied. @param last whether the job is to end after it */
    void applied(boolean last) {
        if (rows != null) {
            values.change(rows.rows());
        }

        owned.step(summing);
        answered(last, /* again */ false);
    }

    /**
     * The new values are what is broadcast from now on.
     *
     * @param again whether they are looked at within the same step
     */
    void answered(boolean last, boolean again) {
        this.done = summing;
        this.summing = counts ? summing + 1 : 0;
        this.lastStep = last;
        this.more = again;
        this.evaluated = false;
        pushes.clear();
    }

    /** The values of the step that was applied last, on their way to a worker. */
    Transfer broadcast(int worker, int from) {
        return values.load(broadcasts[worker])
                .begin(done, 0L, from)
                .stopping(lastStep)
                .continuing(more);
    }

    /** What to say to a worker that misses the values of a step; null if it has to wait for others. */
    Transfer answer(Frame ask) {
        int worker = ask.member();
        if (ask.step() == done) {
            return ask.start() < values.length() ? broadcast(worker, Math.max(0, ask.start())) : null;
        }

        boolean lacks = ask.step() > done && (ask.step() != summing || pushes.lacks(worker));
        int received = ask.step() == summing ? pushes.received(worker) : 0;
        return lacks ? needs[worker].begin(ask.step(), 0L, received) : null;
    }
}

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
    private long summing;
    private boolean lastStep;

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

        return push.step() == summing && pushes.add(push.member(), push) && pushes.isComplete();
    }

    /** The complete sum, divided: by the weights' sum or by one. Live, and the caller's to change where the step touches it. */
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

    /** The step that is being summed has been applied. @param last whether the job is to end after it */
    void applied(boolean last) {
        if (rows != null) {
            values.change(rows.rows());
        }

        owned.step(summing);
        this.lastStep = last;
        this.summing = trained() ? summing + 1 : 0;
        pushes.clear();
    }

    /** The values of the step that was applied last, on their way to a worker. */
    Transfer broadcast(int worker, int from) {
        return values.load(broadcasts[worker]).begin(owned.step(), 0L, from).stopping(lastStep);
    }

    /** What to say to a worker that misses the values of a step; null if it has to wait for others. */
    Transfer answer(Frame ask) {
        int worker = ask.member();
        if (ask.step() == owned.step()) {
            return ask.start() < values.length() ? broadcast(worker, Math.max(0, ask.start())) : null;
        }

        boolean lacks = ask.step() > owned.step() && (ask.step() != summing || pushes.lacks(worker));
        int received = ask.step() == summing ? pushes.received(worker) : 0;
        return lacks ? needs[worker].begin(ask.step(), 0L, received) : null;
    }
}

package dev.lockstep.params.shard;

import dev.lockstep.params.plane.HostRange;
import dev.lockstep.params.wire.Frame;
import dev.lockstep.params.wire.FrameType;
import dev.lockstep.params.wire.Transfer;
import dev.lockstep.params.wire.WordBuffer;

/** A range in one generation: what its contributors push, and what they are sent. One thread. */
final class ServedRange {
    private final OwnedRange owned;
    private final Contributors contributors;
    private final HostRange near;
    private final Pushes pushes;
    private final RowSum rows;
    private final Outgoing values;
    private final Transfer[] broadcasts;
    private final Transfer[] needs;
    private final boolean counts;
    private long summing;
    private long done;
    private boolean evaluated;
    private int marks;
    private double squares = Double.NaN;

    /** @param width values per row, where workers push rows; else 0 */
    ServedRange(OwnedRange owned, int width, Contributors contributors, Workspace workspace) {
        this.owned = owned;
        this.contributors = contributors;
        this.near = contributors.near(owned.range());
        int count = owned.range().count();
        this.rows = width == 0 ? null : new RowSum(count, width, contributors.count());
        this.pushes = width == 0 ? contributors.sum(count, workspace, near) : rows;
        this.values = new Outgoing(owned.params(), near == null ? WordBuffer.of(owned.params()) : shown(near), width);
        this.broadcasts = new Transfer[contributors.count()];
        this.needs = new Transfer[contributors.count()];
        for (int each = 0; each < contributors.count(); each++) {
            broadcasts[each] = new Transfer(FrameType.BROADCAST, contributors.worker(each), index(), null);
            needs[each] = new Transfer(FrameType.NEED, contributors.worker(each), index(), null);
        }

        this.counts = trained() && owned.vectors() == null;
        this.done = owned.step();
        this.summing = counts ? done + 1 : 0;
    }

    /** A link can send the values from the memory of this host without a copy, and from the heap it cannot. */
    private WordBuffer shown(HostRange host) {
        return WordBuffer.of(host.shown(), owned.range().start(), owned.range().count());
    }

    OwnedRange owned() {
        return owned;
    }

    Contributors contributors() {
        return contributors;
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
    boolean push(int contributor, Frame push, long last) {
        boolean isSooner = summing == 0 || push.step() < summing;
        if (!counts && isSooner && push.step() > done && push.step() <= last) {
            pushes.clear();
            this.summing = push.step();
        }

        return push.step() == summing && pushes.add(contributor, push) && pushes.isComplete();
    }

    /** Takes what the workers of this host have in its memory; returns whether it made the sum complete. */
    boolean addHost() {
        return near != null && pushes.addHost(summing) && pushes.isComplete();
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
        float contributed = (float) pushes.weight();
        float[] sum = pushes.values();
        float[] params = owned.params();
        for (int i = 0; i < params.length && contributed > 0; i++) {
            params[i] = sum[i] / contributed;
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

    /** Some parameters are new: the workers of this host find them in its memory, once they have their stamp. */
    void changed(int start, int end) {
        if (near != null) {
            near.show(owned.params(), start, end);
        }
    }

    /** The step that is being summed has been applied. @param with flags of its values */
    void applied(int with) {
        if (rows != null) {
            values.change(rows.rows());
        }

        this.squares = counts ? owned.state().gradientSquares() : Double.NaN;
        owned.step(summing);
        answered(with);
    }

    /**
     * The new values are what is broadcast from now on, and what the workers of this host find in its memory.
     *
     * @param with their flags: whether they are the last, or looked at within the same step
     */
    void answered(int with) {
        this.done = summing;
        this.summing = counts ? summing + 1 : 0;
        this.marks = with;
        this.evaluated = false;
        pushes.clear();
        if (near != null) {
            near.shown(done, marks, squares);
        }
    }

    /** The values of the step that was applied last, on their way to a contributor. */
    Transfer broadcast(int contributor, int from) {
        return values.load(broadcasts[contributor]).begin(done, squares, from).marked(marks);
    }

    /** What to say to a contributor that misses the values of a step; null if it has to wait for others. */
    Transfer answer(int contributor, Frame ask) {
        if (ask.step() == done) {
            return ask.start() < values.length() ? broadcast(contributor, Math.max(0, ask.start())) : null;
        }

        boolean lacks = ask.step() > done && (ask.step() != summing || pushes.lacks(contributor));
        int received = ask.step() == summing ? pushes.received(contributor) : 0;
        return lacks ? needs[contributor].begin(ask.step(), 0L, received) : null;
    }
}

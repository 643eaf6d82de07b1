package dev.lockstep.params.shard;

import dev.lockstep.params.plane.HostRange;
import dev.lockstep.params.wire.Frame;
import dev.lockstep.params.wire.WordBuffer;
import java.util.Arrays;

/**
 * The sum of what all contributors push for one range in one step, added in their order whatever the order of arrival.
 * A contributor is a worker, or a host for all of its workers; the shard's own host pushes nothing, because its
 * gradients are read where they lie.
 *
 * <p>Pieces of one worker must follow one another: one that leaves a gap or repeats another is dropped, and the worker
 * asks later. What comes before its turn waits in an array of its own. One thread.
 */
final class RangeSum implements Pushes {
    private final Workspace workspace;
    private final float[] sum;
    private final WordBuffer sumWords;
    private final int[] received;
    private final int[] summed;
    private final Shares shares;
    private final Workspace.Array[] early;
    private final HostRange host;
    private final int own;

    RangeSum(int count, int workers, Workspace workspace) {
        this(count, workers, workspace, null, /* own */ -1);
    }

    /**
     * @param host the gradients in the shard's own memory; null if all are pushed
     * @param own which contributor they are
     */
    RangeSum(int count, int workers, Workspace workspace, HostRange host, int own) {
        this.workspace = workspace;
        this.sum = new float[count];
        this.sumWords = WordBuffer.of(sum);
        this.received = new int[workers];
        this.summed = new int[workers];
        this.shares = new Shares(workers);
        this.early = new Workspace.Array[workers];
        this.host = host;
        this.own = own;
    }

    @Override
    public boolean addHost(long step) {
        if (host == null || received[own] > 0 || !host.isWhole(step)) {
            return false;
        }

        shares.read(own, host);
        received[own] = sum.length;
        catchUpFrom(own);
        return true;
    }

    @Override
    public boolean add(int worker, Frame push) {
        boolean next = push.start() == received[worker] && !shares.isEmpty(worker) && worker != own;
        boolean fits = push.count() <= sum.length - received[worker];
        if (!next || !fits || (push.empty() ? received[worker] > 0 : push.count() == 0)) {
            return false;
        }

        if (push.empty()) {
            shares.setEmpty(worker);
            received[worker] = sum.length;
        } else {
            shares.weigh(worker, push.weight());
            place(worker, push);
        }

        catchUpFrom(worker);
        return true;
    }

    private void catchUpFrom(int worker) {
        for (int later = worker; later < received.length; later++) {
            catchUp(later);
        }
    }

    /** Adds as much of a piece as it is this worker's turn for, and keeps the rest. */
    private void place(int worker, Frame push) {
        int start = received[worker];
        int count = push.count();
        int direct = Math.max(0, Math.min(count, turn(worker) - start));
        if (direct > 0) {
            addWords(worker, push, direct);
            summed[worker] = start + direct;
        }
        if (direct < count) {
            early[worker] = early[worker] == null ? workspace.take() : early[worker];
            push.copyWords(direct, count - direct, early[worker].words(), start + direct);
        }

        received[worker] = start + count;
    }

    private void addWords(int worker, Frame push, int count) {
        int start = received[worker];
        if (shares.isFirst(worker)) {
            push.copyWords(0, count, sumWords, start);
        } else {
            Workspace.Array scratch = workspace.scratch();
            push.copyWords(0, count, scratch.words(), start);
            add(scratch.values(), start, start + count);
        }
    }

    /** Adds what waited, now that the workers before have got further. */
    private void catchUp(int worker) {
        int limit = shares.isEmpty(worker) ? turn(worker) : Math.min(received[worker], turn(worker));
        int start = summed[worker];
        if (limit > start && !shares.isEmpty(worker)) {
            if (worker == own) {
                addHost(start, limit);
            } else if (shares.isFirst(worker)) {
                System.arraycopy(early[worker].values(), start, sum, start, limit - start);
            } else {
                add(early[worker].values(), start, limit);
            }
        }

        summed[worker] = limit;
        if (limit == sum.length && early[worker] != null) {
            workspace.giveBack(early[worker]);
            early[worker] = null;
        }
    }

    private void addHost(int start, int end) {
        if (shares.isFirst(own)) {
            host.sum(sum, start, end);
        } else {
            host.add(sum, start, end);
        }
    }

    /** Both arrays are walked by one index: with two, the compiler would not use vector instructions. */
    private void add(float[] values, int start, int end) {
        float[] into = sum;
        for (int i = start; i < end; i++) {
            into[i] += values[i];
        }
    }

    /** Up to where everybody before this worker is in the sum. */
    private int turn(int worker) {
        return worker == 0 ? sum.length : summed[worker - 1];
    }

    @Override
    public boolean isComplete() {
        return summed[summed.length - 1] == sum.length;
    }

    @Override
    public float[] values() {
        if (shares.areAllEmpty()) {
            Arrays.fill(sum, 0);
        }

        return sum;
    }

    @Override
    public double weight() {
        return shares.weight();
    }

    /** The range's length if all is there. */
    @Override
    public int received(int worker) {
        return received[worker];
    }

    @Override
    public boolean lacks(int worker) {
        return received[worker] < sum.length;
    }

    @Override
    public void clear() {
        Arrays.fill(received, 0);
        Arrays.fill(summed, 0);
        shares.clear();
        for (int worker = 0; worker < early.length; worker++) {
            if (early[worker] != null) {
                workspace.giveBack(early[worker]);
                early[worker] = null;
            }
        }
    }
}

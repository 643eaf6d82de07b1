package dev.lockstep.params.shard;

import dev.lockstep.params.plane.HostRange;
import dev.lockstep.params.wire.Frame;
import java.util.Arrays;

/**
 * The sum of what all contributors push for one range in one step, added in their order whatever the order of arrival.
 * A contributor is a worker, or a host for all of its workers; the shard's own host pushes nothing, because its
 * gradients are read where they lie, once what is added to them has come: both pass through the cache together.
 *
 * <p>Pieces of one worker must follow one another: one that leaves a gap or repeats another is dropped, and the worker
 * asks later. What comes before its turn waits in an array of its own. One thread.
 */
final class RangeSum implements Pushes {
    private final int count;
    private final Workspace workspace;
    private final int[] received;
    private final int[] summed;
    private final Shares shares;
    private final Workspace.Array[] early;
    private final HostRange host;
    private final int own;
    private Workspace.Array sum;

    RangeSum(int count, int workers, Workspace workspace) {
        this(count, workers, workspace, null, /* own */ -1);
    }

    /**
     * @param host the gradients in the shard's own memory; null if all are pushed
     * @param own which contributor they are
     */
    RangeSum(int count, int workers, Workspace workspace, HostRange host, int own) {
        this.count = count;
        this.workspace = workspace;
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
        received[own] = count;
        catchUp();
        return true;
    }

    @Override
    public boolean add(int worker, Frame push) {
        boolean next = push.start() == received[worker] && !shares.isEmpty(worker) && worker != own;
        boolean fits = push.count() <= count - received[worker];
        if (!next || !fits || (push.empty() ? received[worker] > 0 : push.count() == 0)) {
            return false;
        }

        if (push.empty()) {
            shares.setEmpty(worker);
            received[worker] = count;
        } else {
            shares.weigh(worker, push.weight());
            place(worker, push);
        }

        catchUp();
        return true;
    }

    private void catchUp() {
        for (int worker = 0; worker < received.length; worker++) {
            catchUp(worker);
        }
    }

    /** Adds as much of a piece as it is this worker's turn for, and keeps the rest. */
    private void place(int worker, Frame push) {
        int start = received[worker];
        int words = push.count();
        received[worker] = start + words;
        if (host != null && worker == own + 1) {
            catchUp(own);
        }

        int direct = Math.max(0, Math.min(words, turn(worker) - start));
        if (direct > 0) {
            addWords(worker, push, start, direct);
            summed[worker] = start + direct;
        }
        if (direct < words) {
            early[worker] = early[worker] == null ? workspace.take(count) : early[worker];
            push.copyWords(direct, words - direct, early[worker].words(), start + direct);
        }
    }

    private void addWords(int worker, Frame push, int start, int words) {
        if (shares.isFirst(worker)) {
            push.copyWords(0, words, sum().words(), start);
        } else {
            Workspace.Array scratch = workspace.scratch();
            push.copyWords(0, words, scratch.words(), start);
            add(scratch.values(), start, start + words);
        }
    }

    private Workspace.Array sum() {
        this.sum = sum == null ? workspace.take(count) : sum;
        return sum;
    }

    /** Adds what waited, now that the workers before have got further. */
    private void catchUp(int worker) {
        int limit = shares.isEmpty(worker) ? turn(worker) : Math.min(wanted(worker), turn(worker));
        int start = summed[worker];
        if (limit > start && !shares.isEmpty(worker)) {
            if (worker == own) {
                addHost(start, limit);
            } else if (shares.isFirst(worker)) {
                System.arraycopy(early[worker].values(), start, sum().values(), start, limit - start);
            } else {
                add(early[worker].values(), start, limit);
            }
        }

        summed[worker] = limit;
        if (limit == count) {
            early[worker] = workspace.giveBack(early[worker]);
        }
    }

    /** Up to where a worker's values are here, and are wanted: the host's own once the next one's have come. */
    private int wanted(int worker) {
        boolean waits = worker == own && own + 1 < received.length;
        return waits ? Math.min(received[own], received[own + 1]) : received[worker];
    }

    private void addHost(int start, int end) {
        if (shares.isFirst(own)) {
            host.sum(sum().values(), start, end);
        } else {
            host.add(sum.values(), start, end);
        }
    }

    /** Both arrays are walked by one index: with two, the compiler would not use vector instructions. */
    private void add(float[] values, int start, int end) {
        float[] into = sum.values();
        for (int i = start; i < end; i++) {
            into[i] += values[i];
        }
    }

    /** Up to where everybody before this worker is in the sum. */
    private int turn(int worker) {
        return worker == 0 ? count : summed[worker - 1];
    }

    @Override
    public boolean isComplete() {
        return summed[summed.length - 1] == count;
    }

    @Override
    public float[] values() {
        if (shares.areAllEmpty()) {
            Arrays.fill(sum().values(), 0);
        }

        return sum.values();
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
        return received[worker] < count;
    }

    @Override
    public void clear() {
        Arrays.fill(received, 0);
        Arrays.fill(summed, 0);
        shares.clear();
        for (int worker = 0; worker < early.length; worker++) {
            early[worker] = workspace.giveBack(early[worker]);
        }

        this.sum = workspace.giveBack(sum);
    }
}

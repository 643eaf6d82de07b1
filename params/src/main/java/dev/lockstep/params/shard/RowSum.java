package dev.lockstep.params.shard;

import dev.lockstep.optim.Rows;
import dev.lockstep.params.wire.Frame;
import dev.lockstep.params.wire.RowList;
import java.util.Arrays;
import java.util.BitSet;

/**
 * The sum of the rows that all workers push for one range. The rows that nobody names are 0 and are never looked at, so
 * that a step costs what it touches. One thread.
 */
final class RowSum implements Pushes {
    private final int width;
    private final float[] sum;
    private final RowList[] lists;
    private final Shares shares;
    private final BitSet touched;
    private boolean added;

    RowSum(int count, int width, int workers) {
        this.width = width;
        this.sum = new float[count];
        this.lists = new RowList[workers];
        Arrays.setAll(lists, worker -> new RowList(count / width, width));
        this.shares = new Shares(workers);
        this.touched = new BitSet(count / width);
    }

    @Override
    public boolean add(int worker, Frame push) {
        if (!lacks(worker) || (push.empty() && lists[worker].length() > 0)) {
            return false;
        }
        if (push.empty()) {
            shares.setEmpty(worker);
            return true;
        }

        shares.weigh(worker, push.weight());
        return lists[worker].take(push);
    }

    @Override
    public boolean isComplete() {
        for (int worker = 0; worker < lists.length; worker++) {
            if (lacks(worker)) {
                return false;
            }
        }

        return true;
    }

    @Override
    public int received(int worker) {
        return lists[worker].length();
    }

    @Override
    public boolean lacks(int worker) {
        return !shares.isEmpty(worker) && !lists[worker].isComplete();
    }

    @Override
    public double weight() {
        return shares.weight();
    }

    @Override
    public void divide(float by) {
        addUp();
        for (int row = touched.nextSetBit(0); row >= 0; row = touched.nextSetBit(row + 1)) {
            for (int i = row * width; i < (row + 1) * width; i++) {
                sum[i] /= by;
            }
        }
    }

    @Override
    public float[] values() {
        addUp();
        return sum;
    }

    /** The rows that somebody named. */
    Rows rows() {
        addUp();
        return new Rows(width, touched.stream().toArray());
    }

    private void addUp() {
        for (int worker = 0; worker < lists.length && !added; worker++) {
            RowList list = lists[worker];
            for (int i = 0; i < list.count(); i++) {
                add(list.row(i), list.values(), list.at(i));
            }
        }

        this.added = true;
    }

    private void add(int row, float[] values, int at) {
        int start = row * width;
        if (!touched.get(row)) {
            touched.set(row);
            System.arraycopy(values, at, sum, start, width);
            return;
        }

        for (int i = 0; i < width; i++) {
            sum[start + i] += values[at + i];
        }
    }

    @Override
    public void clear() {
        for (int row = touched.nextSetBit(0); row >= 0; row = touched.nextSetBit(row + 1)) {
            Arrays.fill(sum, row * width, (row + 1) * width, 0);
        }

        touched.clear();
        for (RowList list : lists) {
            list.clear();
        }

        shares.clear();
        this.added = false;
    }
}

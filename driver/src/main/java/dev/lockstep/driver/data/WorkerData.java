package dev.lockstep.driver.data;

import dev.lockstep.worker.Examples;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;

/**
 * A worker's slices in memory, from which it assembles its share of any batch of any epoch. Not thread-safe.
 *
 * <p>With shuffling, each epoch takes the examples of a slice in another order; without, batch t is rows [t·B, (t +
 * 1)·B) of the source in every epoch.
 */
public final class WorkerData {
    private final DataPlan plan;
    private final int worker;
    private final int workers;
    private final EpochOrder order;
    private final Examples[] slices = new Examples[Dealing.SLICES];
    /** One for each size that a share has. The sizes differ by little, so there are few. */
    private final Map<Integer, Examples> shares = new HashMap<>();

    /** @param packed the partition of this worker; its arrays are read where they are and not copied */
    public WorkerData(DataPlan plan, int worker, int workers, Iterator<PackedSlice> packed) {
        this.plan = plan;
        this.worker = worker;
        this.workers = workers;
        this.order = new EpochOrder(plan);
        packed.forEachRemaining(next -> slices[next.slice()] = next.examples());
        requireComplete();
    }

    /** Batches in an epoch; every worker has a share of each, which may be empty. */
    public long batches() {
        return plan.dealing().batches();
    }

    /**
     * This worker's part of batch {@code t} of {@code epoch}, in the order of the positions.
     *
     * @return valid until the next call, because its arrays are used again
     */
    public Examples share(int epoch, long t) {
        Dealing dealing = plan.dealing();
        Examples share = shares.computeIfAbsent(dealing.shareSize(t, worker, workers), plan.format()::allocate);
        int row = 0;
        for (long position = dealing.start(t); position < dealing.end(t); position++) {
            int slice = Dealing.slice(position);
            if (Dealing.worker(slice, workers) == worker) {
                int place = order.row(epoch, slice, Dealing.place(position));
                plan.format().copy(slices[slice], place, share, row++);
            }
        }
        return share;
    }

    private void requireComplete() {
        for (int slice = worker; slice < Dealing.SLICES; slice += workers) {
            int expected = plan.dealing().sliceSize(slice);
            int found = slices[slice] == null ? 0 : slices[slice].count();
            if (found != expected) {
                throw new IllegalStateException("Slice is incomplete: worker=" + worker + ", workers=" + workers
                        + ", slice=" + slice + ", examples=" + found + ", expected=" + expected);
            }
        }
    }
}

package dev.lockstep.driver.data;

import java.util.Arrays;

/**
 * The order in which an epoch takes the examples of each slice: a function of (seed, epoch, slice), so that nobody
 * needs to be told. Not thread-safe.
 */
final class EpochOrder {
    private final DataPlan plan;
    private final int[][] rows = new int[Dealing.SLICES][];
    private final int[] epochs = new int[Dealing.SLICES];

    EpochOrder(DataPlan plan) {
        this.plan = plan;
        Arrays.fill(epochs, -1);
    }

    /** Where in its slice the example lies that {@code epoch} takes at {@code place}. */
    int row(int epoch, int slice, int place) {
        if (!plan.shuffle()) {
            return place;
        }
        if (epochs[slice] != epoch) {
            shuffle(epoch, slice);
        }
        return rows[slice][place];
    }

    /** Fisher and Yates. */
    private void shuffle(int epoch, int slice) {
        if (rows[slice] == null) {
            rows[slice] = new int[plan.dealing().sliceSize(slice)];
        }
        int[] order = rows[slice];
        SplitMix random = new SplitMix(plan.seed(), epoch, slice);
        for (int i = 0; i < order.length; i++) {
            int j = random.below(i + 1);
            order[i] = order[j];
            order[j] = i;
        }
        epochs[slice] = epoch;
    }
}

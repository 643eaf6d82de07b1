package dev.lockstep.driver.data;

import dev.lockstep.driver.data.rows.BadValue;
import dev.lockstep.driver.data.rows.RowBlock;
import java.io.Serializable;

/**
 * What the driver has to know of a block to number its rows.
 *
 * <p>A plain final class and not a record, because it is a task's result.
 */
final class BlockSummary implements Serializable {
    private final int partition;
    private final int ordinal;
    private final String file;
    private final long start;
    private final int count;
    private final int read;
    private final float largestTarget;
    private final long fingerprint;
    private final int largestRow;
    private final float leastTarget;
    private final int badRow;
    private final BadValue badValue;
    private final boolean weightless;

    /** @param ordinal of the block in its partition */
    BlockSummary(int partition, int ordinal, RowBlock block) {
        this.partition = partition;
        this.ordinal = ordinal;
        this.file = block.file();
        this.start = block.start();
        this.count = block.count();
        this.read = block.read();
        float[] targets = block.targets();
        int largestAt = 0;
        float least = Float.MAX_VALUE;
        for (int i = 0; i < targets.length; i++) {
            largestAt = targets[i] > targets[largestAt] ? i : largestAt;
            least = targets[i] >= 0 ? Math.min(least, targets[i]) : least;
        }
        this.largestTarget = targets.length == 0 ? 0 : Math.max(0, targets[largestAt]);
        this.largestRow = targets.length == 0 ? 0 : block.sourceRow(largestAt / (targets.length / count));
        this.leastTarget = least;
        this.fingerprint = Fingerprint.of(block.numbers());
        this.badRow = block.badRow();
        this.badValue = block.badValue();
        this.weightless = isWeightless(block.weights());
    }

    private static boolean isWeightless(float[] weights) {
        if (weights == null) {
            return false;
        }
        float largest = 0;
        for (float weight : weights) {
            largest = Math.max(largest, weight);
        }
        return largest == 0;
    }

    int partition() {
        return partition;
    }

    int ordinal() {
        return ordinal;
    }

    String file() {
        return file;
    }

    long start() {
        return start;
    }

    int count() {
        return count;
    }

    /** With the rows that were left out. */
    int read() {
        return read;
    }

    float largestTarget() {
        return largestTarget;
    }

    long fingerprint() {
        return fingerprint;
    }

    /** The first row with {@link #largestTarget}, from 0 among those that were read. */
    int largestRow() {
        return largestRow;
    }

    /** Of those that are at least 0; the largest float if there is none. */
    float leastTarget() {
        return leastTarget;
    }

    /** Whether rows have weights, and all of them are 0. */
    boolean weightless() {
        return weightless;
    }

    int badRow() {
        return badRow;
    }

    BadValue badValue() {
        return badValue;
    }
}

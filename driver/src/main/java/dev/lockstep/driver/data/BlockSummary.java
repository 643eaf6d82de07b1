package dev.lockstep.driver.data;

import dev.lockstep.driver.data.source.BadValue;
import dev.lockstep.driver.data.source.RowBlock;
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
    private final float largestTarget;
    private final long fingerprint;
    private final int badRow;
    private final BadValue badValue;

    /** @param ordinal of the block in its partition */
    BlockSummary(int partition, int ordinal, RowBlock block) {
        this.partition = partition;
        this.ordinal = ordinal;
        this.file = block.file();
        this.start = block.start();
        this.count = block.examples().count();
        this.largestTarget = largest(block.examples().targets());
        this.fingerprint = Fingerprint.of(block.examples());
        this.badRow = block.badRow();
        this.badValue = block.badValue();
    }

    private static float largest(float[] targets) {
        float largest = 0;
        for (float target : targets) {
            largest = Math.max(largest, target);
        }
        return largest;
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

    float largestTarget() {
        return largestTarget;
    }

    long fingerprint() {
        return fingerprint;
    }

    int badRow() {
        return badRow;
    }

    BadValue badValue() {
        return badValue;
    }
}

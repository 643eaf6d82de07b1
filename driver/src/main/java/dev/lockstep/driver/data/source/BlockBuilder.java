package dev.lockstep.driver.data.source;

import dev.lockstep.worker.Examples;
import java.util.Arrays;

/** Collects rows of one piece of the source until there are enough for a block. Not thread-safe. */
final class BlockBuilder {
    private static final int MAX_ROWS = 4096;
    /** 1 MiB, so that a block is worth a task's while and small beside its memory. */
    private static final int MAX_NUMBERS = 1 << 18;

    private final String file;
    private final long start;
    private final RowFormat format;
    private final Examples room;
    private int count;
    private int badRow = -1;
    private BadValue badValue;

    BlockBuilder(String file, long start, RowFormat format) {
        this.file = file;
        this.start = start;
        this.format = format;
        this.room = format.allocate(Math.max(1, Math.min(MAX_ROWS, MAX_NUMBERS / Math.max(1, format.flatLength()))));
    }

    String file() {
        return file;
    }

    long start() {
        return start;
    }

    int badRow() {
        return badRow;
    }

    BadValue badValue() {
        return badValue;
    }

    boolean full() {
        return count == room.count();
    }

    /** @param row groups and targets one after the other; copied */
    void add(float[] row) {
        format.copyFlat(row, room, count++);
    }

    void addBad(BadValue bad) {
        if (badValue == null) {
            badRow = count;
            badValue = bad;
        }
        count++;
    }

    RowBlock build() {
        float[][] features = new float[format.groups()][];
        for (int group = 0; group < features.length; group++) {
            features[group] = Arrays.copyOf(room.features()[group], count * format.width());
        }
        float[] targets = Arrays.copyOf(room.targets(), count * format.targets());
        return new RowBlock(this, new Examples(count, features, targets));
    }
}

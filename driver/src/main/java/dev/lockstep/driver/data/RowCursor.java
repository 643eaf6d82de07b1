package dev.lockstep.driver.data;

import dev.lockstep.driver.data.rows.BlockWords;
import dev.lockstep.driver.data.rows.RowBlock;
import java.util.Iterator;

/** Walks over those rows of a partition that lie on one side of the validation split. Not thread-safe. */
final class RowCursor {
    private final Iterator<RowBlock> blocks;
    private final int partition;
    private final SourceOrder order;
    private final RowPositions positions;

    private RowBlock block;
    private int ordinal = -1;
    private int row = -1;

    RowCursor(Iterator<RowBlock> blocks, int partition, SourceOrder order, RowPositions positions) {
        this.blocks = blocks;
        this.partition = partition;
        this.order = order;
        this.positions = positions;
    }

    /** Goes to the next row, and says whether there is one. */
    boolean advance() {
        do {
            row++;
            while (block == null || row == block.count()) {
                if (!blocks.hasNext()) {
                    return false;
                }
                block = blocks.next();
                ordinal++;
                row = 0;
            }
        } while (!positions.includes(sourceRow()));
        return true;
    }

    private long sourceRow() {
        return order.firstRow(partition, ordinal) + row;
    }

    /** Where the row is dealt. */
    long position() {
        return positions.position(sourceRow());
    }

    int groups() {
        return block.groups();
    }

    /** A copy. */
    double[] features(int group) {
        return block.features(group, row);
    }

    /** See {@link RowBlock#words}. */
    BlockWords words() {
        return block.words();
    }

    /** The live array of the block: the row's targets begin at {@link #targetStart}. */
    float[] targets() {
        return block.targets();
    }

    int targetStart() {
        return row * targetCount();
    }

    boolean weighted() {
        return block.weights() != null;
    }

    float weight() {
        return block.weights()[row];
    }

    int targetCount() {
        return block.targets().length / block.count();
    }
}

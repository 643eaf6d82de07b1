package dev.lockstep.params.client;

import dev.lockstep.params.Range;
import dev.lockstep.params.wire.RowList;
import java.nio.FloatBuffer;
import java.util.Arrays;

/** The rows of a gradient that lie in one range. */
final class RowSender {
    private final RowList list;
    private final FloatBuffer gradient;
    private final int start;
    private final int firstRow;
    private final int rowCount;

    /** @param gradient the whole flat vector, where every row lies in its place */
    RowSender(Range range, int width, FloatBuffer gradient) {
        this.rowCount = range.count() / width;
        this.list = new RowList(rowCount, width);
        this.gradient = gradient.duplicate();
        this.start = range.start();
        this.firstRow = range.spans().get(0).from() / width;
    }

    /**
     * Copies those rows of a step that lie here.
     *
     * @param rows of the whole tensor, rising
     */
    RowList of(int[] rows) {
        int from = place(rows, firstRow);
        int to = place(rows, firstRow + rowCount);
        list.begin(to - from);
        for (int i = from; i < to; i++) {
            int row = rows[i] - firstRow;
            gradient.position(start + row * list.width());
            int at = list.add(row);
            gradient.get(list.values(), at, list.width());
        }

        return list;
    }

    private static int place(int[] rows, int row) {
        int found = Arrays.binarySearch(rows, row);
        return found < 0 ? -found - 1 : found;
    }
}

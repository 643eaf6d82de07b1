package dev.lockstep.driver.data;

import dev.lockstep.driver.data.rows.RowFormat;
import dev.lockstep.worker.Examples;
import java.util.Iterator;
import java.util.NoSuchElementException;

/**
 * Reads slices one after another in pieces of bounded size, for whoever needs every example once and in any order. Not
 * thread-safe.
 */
public final class Pieces implements Iterator<Examples> {
    private final RowFormat format;
    private final Iterator<PackedSlice> slices;
    private final int most;
    private Examples slice;
    private int row;

    /** @param most examples in a piece; only the last piece has fewer */
    public Pieces(RowFormat format, Iterator<PackedSlice> slices, int most) {
        this.format = format;
        this.slices = slices;
        this.most = most;
        this.slice = format.allocate(0);
    }

    @Override
    public boolean hasNext() {
        while (row == slice.count() && slices.hasNext()) {
            slice = slices.next().examples();
            row = 0;
        }

        return row < slice.count();
    }

    @Override
    public Examples next() {
        if (!hasNext()) {
            throw new NoSuchElementException("All slices are read");
        }

        Examples piece = format.allocate(most);
        int filled = 0;
        while (filled < most && hasNext()) {
            format.copy(slice, row++, piece, filled++);
        }
        return filled == most ? piece : head(piece, filled);
    }

    private Examples head(Examples piece, int count) {
        Examples head = format.allocate(count);
        for (int i = 0; i < count; i++) {
            format.copy(piece, i, head, i);
        }

        return head;
    }
}

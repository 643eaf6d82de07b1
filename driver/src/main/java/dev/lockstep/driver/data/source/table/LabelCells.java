package dev.lockstep.driver.data.source.table;

import dev.lockstep.driver.data.rows.CellNumbers;
import java.util.Iterator;
import java.util.NoSuchElementException;

/** The labels of a partition as they stand there, without gaps. */
final class LabelCells implements Iterator<Object> {
    private final BodyRows rows;
    private final Column label;
    private Object next;

    LabelCells(BodyRows rows, Column label) {
        this.rows = rows;
        this.label = label;
        advance();
    }

    @Override
    public boolean hasNext() {
        return next != null;
    }

    @Override
    public Object next() {
        if (next == null) {
            throw new NoSuchElementException("Partition has no more labels");
        }
        Object cell = next;
        advance();
        return cell;
    }

    /** Gaps, and headers that are not as they must be, are told of when the rows are read. */
    private void advance() {
        next = null;
        while (next == null && rows.hasNext()) {
            boolean body = rows.badHeader() == null;
            Object cell = label.of(rows.next());
            next = body && !CellNumbers.isGap(cell) ? cell : null;
        }
    }
}

package dev.lockstep.params.client;

import dev.lockstep.params.Range;
import dev.lockstep.params.wire.Frame;
import dev.lockstep.params.wire.RowList;
import java.nio.FloatBuffer;

/** The rows of a range that a step has changed: they go to their places when the list is whole. */
final class RowReceiver implements Receiver {
    private final RowList rows;
    private final FloatBuffer values;
    private final int start;

    /** @param values the whole flat vector */
    RowReceiver(Range range, int width, FloatBuffer values) {
        this.rows = new RowList(range.count() / width, width);
        this.values = values.duplicate();
        this.start = range.start();
    }

    @Override
    public void clear() {
        rows.clear();
    }

    @Override
    public boolean take(Frame broadcast) {
        boolean taken = rows.take(broadcast);
        if (taken && isComplete()) {
            for (int i = 0; i < rows.count(); i++) {
                values.position(start + rows.row(i) * rows.width());
                values.put(rows.values(), rows.at(i), rows.width());
            }
        }

        return taken;
    }

    @Override
    public int length() {
        return rows.length();
    }

    @Override
    public boolean isComplete() {
        return rows.isComplete();
    }
}

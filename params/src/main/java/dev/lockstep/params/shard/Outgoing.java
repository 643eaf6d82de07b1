package dev.lockstep.params.shard;

import dev.lockstep.optim.Rows;
import dev.lockstep.params.wire.RowList;
import dev.lockstep.params.wire.Transfer;
import dev.lockstep.params.wire.WordBuffer;

/** What a step's broadcast of a range carries: all its values, or the rows that the step has changed. One thread. */
final class Outgoing {
    private final float[] params;
    private final WordBuffer all;
    private final RowList rows;

    /**
     * @param all what is sent unless it is rows: the values, or where they are shown to others
     * @param width values per row; 0 for all values
     */
    Outgoing(float[] params, WordBuffer all, int width) {
        this.params = params;
        this.all = all;
        this.rows = width == 0 ? null : new RowList(params.length / width, width);
    }

    /** The step has changed these rows. */
    void change(Rows changed) {
        rows.begin(changed.count());
        for (int i = 0; i < changed.count(); i++) {
            int at = rows.add(changed.index(i));
            System.arraycopy(params, changed.index(i) * rows.width(), rows.values(), at, rows.width());
        }
    }

    int length() {
        return rows == null ? params.length : rows.length();
    }

    /** Makes a transfer carry it. */
    Transfer load(Transfer broadcast) {
        return rows == null ? broadcast.carry(all, params.length) : broadcast.carry(rows.words(), rows.length());
    }
}

package dev.lockstep.driver.data;

import dev.lockstep.driver.data.rows.RowFormat;
import dev.lockstep.worker.Examples;
import java.util.Iterator;
import java.util.NoSuchElementException;
import scala.Tuple2;

/**
 * Packs the rows of one worker, which come sorted by slice and place, slice after slice. Holds one slice at a time.
 */
final class Packing implements Iterator<PackedSlice> {
    private final Dealing dealing;
    private final RowFormat format;
    private final Iterator<Tuple2<Long, float[]>> rows;

    Packing(Dealing dealing, RowFormat format, Iterator<Tuple2<Long, float[]>> rows) {
        this.dealing = dealing;
        this.format = format;
        this.rows = rows;
    }

    /** Sorts rows by slice, then place. */
    static long key(long position) {
        return (long) Dealing.slice(position) << 32 | Dealing.place(position);
    }

    static int slice(long key) {
        return (int) (key >>> 32);
    }

    @Override
    public boolean hasNext() {
        return rows.hasNext();
    }

    @Override
    public PackedSlice next() {
        if (!rows.hasNext()) {
            throw new NoSuchElementException("Worker has no more slices");
        }
        Tuple2<Long, float[]> row = rows.next();
        int slice = slice(row._1());
        Examples examples = format.allocate(dealing.sliceSize(slice));
        for (int place = 0; place < examples.count(); place++) {
            row = place == 0 ? row : rows.next();
            if (row._1() != ((long) slice << 32 | place)) {
                throw new IllegalStateException("Row is missing: slice=" + slice + ", place=" + place + ", found slice="
                        + slice(row._1()) + ", place=" + row._1().intValue());
            }
            format.copyFlat(row._2(), examples, place);
        }
        return new PackedSlice(slice, examples);
    }
}

package dev.lockstep.driver.data;

import dev.lockstep.driver.DataException;
import java.io.Serializable;

/**
 * Chooses the rows that are held out, as a function of (seed, row) that takes no memory: the rows are cut into as many
 * windows as rows are wanted, and a random one of each window is held out. So their number is exact, and they are
 * spread over the source.
 *
 * <pre>
 *   window j      rows [⌊j·R/V⌋, ⌊(j + 1)·R/V⌋) of R rows, j from 0 to V − 1
 *   of row r      j = ⌈(r + 1)·V/R⌉ − 1
 * </pre>
 *
 * @param rows R, in the whole source
 * @param held V, how many are held out; 0 for none
 */
record ValidationSplit(long rows, long held, long seed) implements Serializable {

    static ValidationSplit of(long rows, double fraction, long seed, String source) {
        long held = Math.round(rows * fraction);
        if (held < 1 || held >= rows) {
            throw new DataException("Validation fraction must leave rows on both sides: " + source + ", rows=" + rows
                    + ", fraction=" + fraction + ", validation=" + held);
        }
        return new ValidationSplit(rows, held, seed);
    }

    boolean isHeld(long row) {
        return held > 0 && row == chosen(window(row));
    }

    /** Number of the row among those on its side of the split, in the source's order. */
    long rank(long row) {
        if (held == 0) {
            return row;
        }
        long window = window(row);
        long chosen = chosen(window);
        if (row == chosen) {
            return window;
        }
        return row - window - (chosen < row ? 1 : 0);
    }

    private long window(long row) {
        return (Math.multiplyExact(row + 1, held) - 1) / rows;
    }

    private long chosen(long window) {
        long start = Math.multiplyExact(window, rows) / held;
        long end = Math.multiplyExact(window + 1, rows) / held;
        long bits = new SplitMix(seed, window).next() >>> 1;
        return start + bits % (end - start);
    }
}

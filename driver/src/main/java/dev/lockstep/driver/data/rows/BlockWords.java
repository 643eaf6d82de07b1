package dev.lockstep.driver.data.rows;

import dev.lockstep.driver.data.encoding.CategoryNumbers;
import java.io.Serializable;

/**
 * What the last numbers of each row of a block stand for: places among words of the block's own. A plain final class
 * and not a record, because Spark keeps it.
 */
public final class BlockWords implements Serializable {
    private static final int MIXED = 0x9E3779B9;
    /** Bits of floats that are finite. */
    private static final int FINITE = 0x3FFFFFFF;

    private final String[][] byColumn;

    /** @param byColumn words of each column of categories, the first of which is null; live */
    public BlockWords(String[][] byColumn) {
        this.byColumn = byColumn;
    }

    public int columns() {
        return byColumn.length;
    }

    /** Null for a gap. */
    public String word(int column, int place) {
        return byColumn[column][place];
    }

    /** A copy with the numbers that the words have in the training data. */
    float[] numbered(float[] rows, int count, CategoryNumbers[] numbers) {
        return changed(rows, count, (column, place) -> numbers[column].of(byColumn[column][place]));
    }

    /** The same in double precision. */
    double[] numbered(double[] rows, int count, CategoryNumbers[] numbers) {
        double[] copy = rows.clone();
        each(rows.length, count, (column, at) -> copy[at] = numbers[column].of(byColumn[column][(int) rows[at]]));
        return copy;
    }

    /** A copy with what the words alone tell, however the block was cut. */
    float[] hashed(float[] rows, int count) {
        return changed(rows, count, (column, place) -> {
            String word = byColumn[column][place];
            return word == null ? 0 : Float.intBitsToFloat(word.hashCode() * MIXED & FINITE);
        });
    }

    private interface Number {
        float of(int column, int place);
    }

    private interface Place {
        void at(int column, int index);
    }

    private float[] changed(float[] rows, int count, Number number) {
        float[] copy = rows.clone();
        each(rows.length, count, (column, at) -> copy[at] = number.of(column, (int) rows[at]));
        return copy;
    }

    private void each(int length, int count, Place place) {
        int width = count == 0 ? 0 : length / count;
        for (int row = 0; row < count; row++) {
            for (int column = 0; column < byColumn.length; column++) {
                place.at(column, (row + 1) * width - byColumn.length + column);
            }
        }
    }
}

package dev.lockstep.driver.data;

import dev.lockstep.driver.data.preprocess.Preprocess;
import java.util.Iterator;
import java.util.NoSuchElementException;
import scala.Tuple2;

/**
 * The rows of one partition on their way to their slices: preprocessed, under the key that {@link Packing} sorts by.
 */
final class DealtRows implements Iterator<Tuple2<Long, float[]>> {
    private final RowCursor cursor;
    private final Preprocess preprocess;
    private boolean more;

    DealtRows(RowCursor cursor, Preprocess preprocess) {
        this.cursor = cursor;
        this.preprocess = preprocess;
        this.more = cursor.advance();
    }

    @Override
    public boolean hasNext() {
        return more;
    }

    @Override
    public Tuple2<Long, float[]> next() {
        if (!more) {
            throw new NoSuchElementException("Partition has no more rows");
        }
        Tuple2<Long, float[]> row = new Tuple2<>(Packing.key(cursor.position()), numbers());
        more = cursor.advance();
        return row;
    }

    /** The groups, preprocessed, then the targets, then the weight if there is one. */
    private float[] numbers() {
        float[] numbers = null;
        int next = 0;
        for (int group = 0; group < cursor.groups(); group++) {
            double[] features = preprocess.apply(cursor.features(group));
            numbers = numbers == null ? new float[length(features.length)] : numbers;
            for (double feature : features) {
                numbers[next++] = (float) feature;
            }
        }
        System.arraycopy(cursor.targets(), cursor.targetStart(), numbers, next, cursor.targetCount());
        if (cursor.weighted()) {
            numbers[numbers.length - 1] = cursor.weight();
        }
        return numbers;
    }

    private int length(int width) {
        return cursor.groups() * width + cursor.targetCount() + (cursor.weighted() ? 1 : 0);
    }
}

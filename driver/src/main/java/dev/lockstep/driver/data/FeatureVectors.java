package dev.lockstep.driver.data;

import java.util.Iterator;
import java.util.NoSuchElementException;

/** The features of a partition's rows, group after group: what preprocessing is fitted to. */
final class FeatureVectors implements Iterator<double[]> {
    private final RowCursor cursor;
    private boolean more;
    private int group;

    FeatureVectors(RowCursor cursor) {
        this.cursor = cursor;
        this.more = cursor.advance();
    }

    @Override
    public boolean hasNext() {
        return more;
    }

    @Override
    public double[] next() {
        if (!more) {
            throw new NoSuchElementException("Partition has no more rows");
        }
        double[] features = cursor.features(group++);
        if (group == cursor.groups()) {
            group = 0;
            more = cursor.advance();
        }
        return features;
    }
}

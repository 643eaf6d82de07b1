package dev.lockstep.driver.history;

import java.util.Arrays;

/**
 * One figure over the steps of a run, in bounded memory: when there are too many points, two neighbours become one that
 * keeps their mean, their lowest and their highest. One thread at a time.
 */
final class Series {
    private static final int FIRST = 16;

    private long[] step = new long[FIRST];
    private double[] mean = new double[FIRST];
    private double[] low = new double[FIRST];
    private double[] high = new double[FIRST];
    private int[] finite = new int[FIRST];
    private int size;
    private long rowsOfPoint = 1;
    private long rowsOfLast;

    /** Returns whether there is one point more. */
    boolean add(long at, double value) {
        boolean opens = size == 0 || rowsOfLast == rowsOfPoint;
        if (opens) {
            open();
        }
        step[size - 1] = at;
        rowsOfLast++;
        if (Double.isFinite(value)) {
            merge(size - 1, value, value, value, 1);
        }
        return opens;
    }

    private void open() {
        if (size == step.length) {
            resize(2 * size);
        }
        clear(size);
        size++;
        rowsOfLast = 0;
    }

    private void resize(int length) {
        step = Arrays.copyOf(step, length);
        mean = Arrays.copyOf(mean, length);
        low = Arrays.copyOf(low, length);
        high = Arrays.copyOf(high, length);
        finite = Arrays.copyOf(finite, length);
    }

    private void clear(int at) {
        mean[at] = Double.NaN;
        low[at] = Double.NaN;
        high[at] = Double.NaN;
        finite[at] = 0;
    }

    /** Adds some rows, none of which may be without a finite value, to a point. */
    private void merge(int at, double theirMean, double theirLow, double theirHigh, int rows) {
        boolean first = finite[at] == 0;
        mean[at] = first ? theirMean : mean[at] + (theirMean - mean[at]) * rows / (finite[at] + rows);
        low[at] = first ? theirLow : Math.min(low[at], theirLow);
        high[at] = first ? theirHigh : Math.max(high[at], theirHigh);
        finite[at] += rows;
    }

    /** Folds until there are at most so many points. */
    void limit(int most) {
        while (size > most) {
            fold();
        }
        if (step.length > 2 * most) {
            resize(Math.max(FIRST, 2 * size));
        }
    }

    private void fold() {
        boolean paired = size % 2 == 0;
        for (int i = 0; i < size; i += 2) {
            int to = i / 2;
            move(i, to);
            if (i + 1 < size) {
                step[to] = step[i + 1];
                mergePoint(i + 1, to);
            }
        }
        rowsOfLast += paired ? rowsOfPoint : 0;
        rowsOfPoint *= 2;
        size = (size + 1) / 2;
    }

    private void move(int from, int to) {
        step[to] = step[from];
        mean[to] = mean[from];
        low[to] = low[from];
        high[to] = high[from];
        finite[to] = finite[from];
    }

    private void mergePoint(int from, int to) {
        if (finite[from] > 0) {
            merge(to, mean[from], low[from], high[from], finite[from]);
        }
    }

    int size() {
        return size;
    }

    /**
     * The points of steps between two, with one neighbour on either side, so that a line comes in and goes out.
     *
     * @param most points wanted; neighbours become one where there are more
     */
    Points points(long from, long to, int most) {
        if (size == 0) {
            return Points.NONE;
        }
        int begin = Math.max(0, indexOf(from) - 1);
        int end = Math.min(size, indexOf(to) + 2);
        int group = 1;
        while (most < (end - begin + group - 1) / group) {
            group *= 2;
        }
        // The same groups however the window moves: a picture that is redrawn does not flicker.
        begin -= begin % group;
        end = Math.min(size, (end + group - 1) / group * group);
        int count = Math.max(0, (end - begin + group - 1) / group);
        Series shown = new Series();
        shown.resize(Math.max(FIRST, count));
        for (int i = begin; i < end; i++) {
            if ((i - begin) % group == 0) {
                shown.open();
            }
            shown.step[shown.size - 1] = step[i];
            if (finite[i] > 0) {
                shown.merge(shown.size - 1, mean[i], low[i], high[i], finite[i]);
            }
        }
        return shown.all();
    }

    private Points all() {
        return new Points(
                Arrays.copyOf(step, size),
                Arrays.copyOf(mean, size),
                Arrays.copyOf(low, size),
                Arrays.copyOf(high, size));
    }

    /** Of the first point whose last step is not before this one. */
    private int indexOf(long at) {
        int found = Arrays.binarySearch(step, 0, size, at);
        return found < 0 ? -found - 1 : found;
    }

    /** NaN where there is none, or it was not finite. */
    double last() {
        return size == 0 ? Double.NaN : mean[size - 1];
    }
}

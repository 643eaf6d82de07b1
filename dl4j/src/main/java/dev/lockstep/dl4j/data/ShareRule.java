package dev.lockstep.dl4j.data;

import java.io.Serializable;

/**
 * Which rows make which batch, and whose they are: batch t is rows [tB, (t+1)B) in the source's order, and worker w's
 * share of its n rows is [nw/N, n(w+1)/N).
 *
 * @param rows of all data sets
 * @param batch B, rows of a global batch; the last one may have fewer
 * @param workers N
 */
record ShareRule(long rows, int batch, int workers) implements Serializable {
    int batches() {
        return Math.toIntExact((rows + batch - 1) / batch);
    }

    long batchOf(long row) {
        return row / batch;
    }

    long start(long t) {
        return t * batch;
    }

    int size(long t) {
        return (int) Math.min(batch, rows - start(t));
    }

    /** First row of a worker's share, and the one after the last of the worker before. */
    long start(long t, int worker) {
        return start(t) + (long) size(t) * worker / workers;
    }

    int workerOf(long row) {
        long t = batchOf(row);
        int worker = (int) ((row - start(t)) * workers / size(t));
        while (start(t, worker + 1) <= row) {
            worker++;
        }
        return worker;
    }

    boolean isEmpty(long t, int worker) {
        return start(t, worker) == start(t, worker + 1);
    }
}

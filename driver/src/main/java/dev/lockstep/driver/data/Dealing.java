package dev.lockstep.driver.data;

import java.io.Serializable;

/**
 * Who gets which example: the only place with this arithmetic, and none of it depends on data.
 *
 * <pre>
 *   position p    of an example in the order that all batches are cut from, 0 is the first
 *   slice         p mod 840, fixed by the job and not by the number of workers
 *   place         p div 840, within the slice
 *   worker        slice mod N
 *   batch t       positions [t·B, (t + 1)·B), the last one may be smaller, or is left out if it would be
 * </pre>
 *
 * 840 is divisible by 1 to 8, so that up to eight workers have equal shares.
 *
 * @param examples in all slices together
 * @param batch examples in a batch, all workers together, above 0
 * @param dropLast whether an epoch has no batch with fewer examples than the others
 */
public record Dealing(long examples, int batch, boolean dropLast) implements Serializable {
    public static final int SLICES = 840;

    public Dealing {
        if (examples < 0 || batch < 1) {
            throw new IllegalArgumentException(
                    "examples must be at least 0 and batch above 0: examples=" + examples + ", batch=" + batch);
        }
    }

    /** With a smaller last batch where there is one. */
    public Dealing(long examples, int batch) {
        this(examples, batch, /* dropLast */ false);
    }

    /** Batches in an epoch. */
    public long batches() {
        return dropLast ? examples / batch : (examples + batch - 1) / batch;
    }

    /** Position of the first example of batch {@code t}, 0 is the first batch of an epoch. */
    public long start(long t) {
        return t * batch;
    }

    /** One past the last position of batch {@code t}. */
    public long end(long t) {
        return Math.min(start(t) + batch, examples);
    }

    public static int slice(long position) {
        return (int) (position % SLICES);
    }

    public static int place(long position) {
        return Math.toIntExact(position / SLICES);
    }

    public static int worker(int slice, int workers) {
        return slice % workers;
    }

    /** Examples in a slice: equal over the slices but for one. */
    public int sliceSize(int slice) {
        return Math.toIntExact((examples - slice + SLICES - 1) / SLICES);
    }

    public int shareSize(long t, int worker, int workers) {
        int size = 0;
        for (long position = start(t); position < end(t); position++) {
            size += worker(slice(position), workers) == worker ? 1 : 0;
        }
        return size;
    }

    /**
     * The positions of one worker's part of batch {@code t}, rising; none where the batch has fewer examples than
     * workers.
     */
    public long[] share(long t, int worker, int workers) {
        long[] positions = new long[shareSize(t, worker, workers)];
        int next = 0;
        for (long position = start(t); position < end(t); position++) {
            if (worker(slice(position), workers) == worker) {
                positions[next++] = position;
            }
        }
        return positions;
    }
}

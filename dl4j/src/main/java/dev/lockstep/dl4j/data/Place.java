package dev.lockstep.dl4j.data;

/** A worker and a row as one number, which sorts rows within workers. */
final class Place {
    private static final int ROW_BITS = 44;

    private Place() {}

    static long of(int worker, long row) {
        return (long) worker << ROW_BITS | row;
    }

    static int worker(long place) {
        return (int) (place >> ROW_BITS);
    }

    static long row(long place) {
        return place & (1L << ROW_BITS) - 1;
    }
}

package dev.lockstep.optim;

import java.util.function.Consumer;

/**
 * A run of one tensor's values inside the arrays of a range, with what the optimizer remembers of it.
 *
 * <p>A tensor that is cut over several ranges has a slice in each. The arrays are the range's own and live; one thread
 * at a time.
 */
public final class Slice {
    /** Values of a piece: with their gradient and slots they stay in a core's nearest caches. */
    private static final int PIECE = 4_096;

    private final float[] params;
    private final float[][] slots;
    private final double[] scalars;
    private final int start;
    private final int count;

    /**
     * @param slots one array per name in {@link Optimizer#slots()}, each as long as {@code params}
     * @param scalars one value per name in {@link Optimizer#scalars()}, of this slice alone
     */
    public Slice(float[] params, float[][] slots, double[] scalars, int start, int count) {
        this.params = params;
        this.slots = slots;
        this.scalars = scalars;
        this.start = start;
        this.count = count;
    }

    public float[] params() {
        return params;
    }

    public float[] slot(int index) {
        return slots[index];
    }

    public double[] scalars() {
        return scalars;
    }

    /** A part of this slice, with the same arrays and scalars. */
    public Slice within(int from, int values) {
        return new Slice(params, slots, scalars, from, values);
    }

    /** A step, piece by piece: each finds the scalars as they were before it, and leaves them alike. */
    public void eachPiece(Consumer<Slice> step) {
        double[] before = scalars.clone();
        for (int from = start; from < end(); from += PIECE) {
            System.arraycopy(before, 0, scalars, 0, before.length);
            step.accept(within(from, Math.min(PIECE, end() - from)));
        }
    }

    /** First index in the arrays that belongs to this slice. */
    public int start() {
        return start;
    }

    public int count() {
        return count;
    }

    /** First index after this slice. */
    public int end() {
        return start + count;
    }
}

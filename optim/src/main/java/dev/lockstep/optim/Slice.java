package dev.lockstep.optim;

/**
 * A run of one tensor's values inside the arrays of a range, with what the optimizer remembers of it.
 *
 * <p>A tensor that is cut over several ranges has a slice in each. The arrays are the range's own and live; one thread
 * at a time.
 */
public final class Slice {
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

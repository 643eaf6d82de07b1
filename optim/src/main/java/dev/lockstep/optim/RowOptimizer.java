package dev.lockstep.optim;

/**
 * An optimizer that can leave alone the rows that a step does not touch, with their state: it takes what PyTorch calls
 * sparse gradients.
 */
public interface RowOptimizer extends Optimizer {
    /**
     * One step of some rows. The step count is the slice's, not the rows'.
     *
     * @param gradient as in {@link #update}; read at the rows alone
     */
    void updateRows(Slice slice, float[] gradient, Rows rows, double lr);

    /** Whether it also takes gradients that have all their values. */
    default boolean takesDense() {
        return true;
    }

    /**
     * Refuses settings by which a step would move rows that it does not touch.
     *
     * @throws IllegalArgumentException that names the setting
     */
    default void requireRows() {}
}

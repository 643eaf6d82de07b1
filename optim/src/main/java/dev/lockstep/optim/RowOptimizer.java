package dev.lockstep.optim;

/** An optimizer that can leave alone the rows that a step does not touch, with their state. */
public interface RowOptimizer extends Optimizer {
    /**
     * One step of some rows. The step count is the slice's, not the rows'.
     *
     * @param gradient as in {@link #update}; read at the rows alone
     */
    void updateRows(Slice slice, float[] gradient, Rows rows, double lr);
}

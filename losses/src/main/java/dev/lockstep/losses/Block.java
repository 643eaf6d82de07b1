package dev.lockstep.losses;

/**
 * Some neighbouring elements of all operands: what a kernel reads and writes. Small enough for the first cache, so that loading
 * and storing costs little beside the arithmetic.
 */
final class Block {
    static final int SIZE = 512;

    private final Operand[] operands;
    final double[] values = new double[SIZE];
    int count;

    Block(Operand[] operands) {
        this.operands = operands;
    }

    /** The elements of one operand; read only. */
    double[] input(int operand) {
        return operands[operand].values;
    }

    /** Where the derivatives by one operand go, wanted or not. */
    double[] slope(int operand) {
        return operands[operand].slopes;
    }

    boolean wantsSlope(int operand) {
        return operands[operand].wantsSlopes();
    }

    void load(int start, int elements) {
        count = elements;
        for (Operand operand : operands) {
            operand.load(start, elements);
        }
    }

    /** Adds the slopes, multiplied, to the gradients that are wanted. */
    void store(int start, double[] factors) {
        for (Operand operand : operands) {
            operand.store(start, count, factors);
        }
    }
}

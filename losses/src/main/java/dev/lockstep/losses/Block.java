package dev.lockstep.losses;

/**
 * Some neighbouring elements of all operands: what a kernel reads and writes. Small enough for the first cache, so that
 * loading and storing costs little beside the arithmetic.
 */
public final class Block {
    /** As many elements as a block has at most. */
    public static final int SIZE = 512;

    private final Operand[] operands;
    private final Operand weight;
    private final Operand upstream;
    private final double[] values = new double[SIZE];
    private int count;

    /** @param weight of every value, and {@code upstream} of its slopes only; null for ones */
    Block(Operand[] operands, Operand weight, Operand upstream) {
        this.operands = operands;
        this.weight = weight;
        this.upstream = upstream;
    }

    /** How many elements this block has. */
    public int count() {
        return count;
    }

    /** Where the losses of the elements go. */
    public double[] values() {
        return values;
    }

    /** The elements of one operand; read only. */
    public double[] input(int operand) {
        return operands[operand].values;
    }

    /** Where the derivatives by one operand go, wanted or not. */
    public double[] slope(int operand) {
        return operands[operand].slopes;
    }

    public boolean wantsSlope(int operand) {
        return operands[operand].wantsSlopes();
    }

    void load(int start, int elements) {
        count = elements;
        for (Operand operand : operands) {
            operand.load(start, elements);
        }
        if (weight != null) {
            weight.load(start, elements);
        }
        if (upstream != null) {
            upstream.load(start, elements);
        }
    }

    /** Multiplies the values by their weights, and the slopes by the weights and by what comes from upstream. */
    void scale() {
        if (weight != null) {
            multiply(values, weight.values);
        }
        for (Operand operand : operands) {
            if (weight != null) {
                multiply(operand.slopes, weight.values);
            }
            if (upstream != null) {
                multiply(operand.slopes, upstream.values);
            }
        }
    }

    private void multiply(double[] numbers, double[] factors) {
        for (int i = 0; i < count; i++) {
            numbers[i] *= factors[i];
        }
    }

    /** Adds the slopes to the gradients that are wanted. */
    void store(int start) {
        for (Operand operand : operands) {
            operand.store(start, count);
        }
    }
}

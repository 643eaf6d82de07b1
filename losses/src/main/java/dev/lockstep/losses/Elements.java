package dev.lockstep.losses;

/**
 * Runs a loss that looks at each element alone: cuts its operands into blocks, scales and adds up what the kernel
 * computes.
 */
public final class Elements {
    /** Fills the values and the slopes of a block. */
    @FunctionalInterface
    public interface Kernel {
        void compute(Block block);
    }

    private final Kernel kernel;
    private final Tensor weight;
    private final Tensor[] operands;
    private final int[] shape;

    private Elements(Kernel kernel, Tensor weight, Tensor[] operands) {
        this.kernel = kernel;
        this.weight = weight;
        this.operands = operands;
        this.shape = Operand.broadcast(operands);
    }

    /** @param operands broadcast to one shape; the gradients go to the first ones, in the order of the inputs */
    public static Elements of(Kernel kernel, Tensor... operands) {
        return new Elements(kernel, null, operands);
    }

    /** The same with every value multiplied by a weight that is not larger than the operands; null for none. */
    public Elements weighted(Tensor factor) {
        return new Elements(kernel, factor, operands);
    }

    /** Adds up all values; the weight is the number of elements. */
    LossSum sum(Tensor[] gradients) {
        int size = 1;
        for (int extent : shape) {
            size = Math.multiplyExact(size, extent);
        }

        return new LossSum(run(size, null, gradients, null), size);
    }

    Tensor values(Tensor upstream, Tensor[] gradients) {
        Tensor result = Tensor.zeros(shape);
        if (upstream != null) {
            Inputs.requireShape("upstream", upstream, shape);
        }

        run(result.size(), upstream, gradients, result.data());
        return result;
    }

    private double run(int size, Tensor upstream, Tensor[] gradients, double[] values) {
        Operand[] lanes = new Operand[operands.length];
        for (int i = 0; i < lanes.length; i++) {
            lanes[i] = new Operand(operands[i], i < gradients.length ? gradients[i] : null, shape);
        }
        Block block = new Block(lanes, factor(weight), factor(upstream));

        double sum = 0;
        for (int start = 0; start < size; start += Block.SIZE) {
            block.load(start, Math.min(Block.SIZE, size - start));
            kernel.compute(block);
            block.scale();
            block.store(start);
            sum += Sum.of(block.values(), block.count());
            if (values != null) {
                System.arraycopy(block.values(), 0, values, start, block.count());
            }
        }

        return sum;
    }

    private Operand factor(Tensor tensor) {
        return tensor == null ? null : new Operand(tensor, null, shape);
    }
}

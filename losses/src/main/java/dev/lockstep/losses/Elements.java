package dev.lockstep.losses;

/** Runs a loss that looks at each element alone: cuts its operands into blocks, scales and adds up what the kernel computes. */
final class Elements {
    /** Fills the values and the slopes of a block. */
    interface Kernel {
        void compute(Block block);
    }

    private static final Tensor ONE = Tensor.of(new double[] {1});

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

    static Elements of(Kernel kernel, Tensor... operands) {
        return new Elements(kernel, ONE, operands);
    }

    /** The same with every value multiplied by a weight that is not larger than the operands. */
    Elements weighted(Tensor factor) {
        return new Elements(kernel, factor, operands);
    }

    /** Adds up all values; the weight is the number of elements. */
    LossSum sum(Tensor[] gradients) {
        int size = 1;
        for (int extent : shape) {
            size = Math.multiplyExact(size, extent);
        }

        return new LossSum(run(size, ONE, gradients, null), size);
    }

    Tensor values(Tensor upstream, Tensor[] gradients) {
        Tensor result = Tensor.zeros(shape);
        if (upstream != null) {
            Inputs.requireShape("upstream", upstream, shape);
        }

        run(result.size(), upstream == null ? ONE : upstream, gradients, result.data());
        return result;
    }

    private double run(int size, Tensor upstream, Tensor[] gradients, double[] values) {
        Operand[] lanes = new Operand[operands.length];
        for (int i = 0; i < lanes.length; i++) {
            lanes[i] = new Operand(operands[i], i < gradients.length ? gradients[i] : null, shape);
        }
        Operand weights = new Operand(weight, null, shape);
        Operand upstreams = new Operand(upstream, null, shape);
        Block block = new Block(lanes);

        double sum = 0;
        for (int start = 0; start < size; start += Block.SIZE) {
            int count = Math.min(Block.SIZE, size - start);
            block.load(start, count);
            weights.load(start, count);
            upstreams.load(start, count);
            kernel.compute(block);
            sum += weigh(block, weights.values, upstreams.values);
            block.store(start, upstreams.values);
            if (values != null) {
                System.arraycopy(block.values, 0, values, start, count);
            }
        }

        return sum;
    }

    /** Multiplies the values by their weights, turns the upstreams into what the slopes are multiplied by, and adds the values up. */
    private static double weigh(Block block, double[] weights, double[] upstreams) {
        double sum = 0;
        for (int i = 0; i < block.count; i++) {
            block.values[i] *= weights[i];
            upstreams[i] *= weights[i];
            sum += block.values[i];
        }

        return sum;
    }
}

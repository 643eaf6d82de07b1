package dev.lockstep.losses;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.IntStream;

/** A loss and how to draw inputs for it: what {@link LossContractTest} puts to the test. */
record Subject(Loss loss, List<Input> kinds) {
    /**
     * One input.
     *
     * @param smooth whether the loss has a derivative by it
     * @param batch the dimension along which a batch is cut in shares
     */
    record Input(Function<Random, Tensor> draw, boolean smooth, int batch) {}

    static Subject of(Loss loss, Input... kinds) {
        return new Subject(loss, List.of(kinds));
    }

    static Input real(int... shape) {
        return new Input(random -> fill(random, -3, 3, shape), true, 0);
    }

    static Input between(double low, double high, int... shape) {
        return new Input(random -> fill(random, low, high, shape), true, 0);
    }

    static Input signs(int... shape) {
        Function<Random, Tensor> draw = random -> {
            Tensor result = Tensor.zeros(shape);
            Arrays.setAll(result.data(), i -> random.nextBoolean() ? 1 : -1);
            return result;
        };
        return new Input(draw, false, 0);
    }

    /** Indices from {@code least} to {@code most}. */
    static Input indices(int least, int most, int... shape) {
        int size = Arrays.stream(shape).reduce(1, Math::multiplyExact);
        return new Input(
                random -> Tensor.ofIndices(
                        random.doubles(size, least, most + 1).map(Math::floor).toArray(), shape),
                false,
                0);
    }

    /**
     * Log-probabilities of a batch in the second dimension; only {@link Ctc}'s gradient is that by the logits behind
     * them.
     */
    static Input steps(int... shape) {
        return new Input(random -> fill(random, -2, 2, shape), true, 1);
    }

    private static Tensor fill(Random random, double low, double high, int... shape) {
        Tensor result = Tensor.zeros(shape);
        Arrays.setAll(result.data(), i -> random.nextDouble(low, high));
        return result;
    }

    Tensor[] draw(Random random) {
        return kinds.stream().map(kind -> kind.draw.apply(random)).toArray(Tensor[]::new);
    }

    /** Room for the gradients by the smooth inputs, filled with something that must not stay. */
    Tensor[] gradients(Tensor[] inputs) {
        return IntStream.range(0, inputs.length)
                .mapToObj(i -> {
                    if (!kinds.get(i).smooth) {
                        return null;
                    }
                    Tensor garbage = Tensor.zeros(inputs[i].shape());
                    Arrays.fill(garbage.data(), 17);
                    return garbage;
                })
                .toArray(Tensor[]::new);
    }

    LossSum evaluate(Tensor[] inputs, Tensor[] gradients) {
        return loss.evaluate(prepared(inputs), gradients);
    }

    LossSum evaluate(Tensor[] inputs, double[] weights, Tensor[] gradients) {
        return loss.evaluate(prepared(inputs), weights, gradients);
    }

    int examples(Tensor[] inputs) {
        return inputs[0].extent(kinds.get(0).batch);
    }

    Tensor values(Tensor[] inputs, Tensor upstream, Tensor[] gradients) {
        return loss.values(prepared(inputs), upstream, gradients);
    }

    private Tensor[] prepared(Tensor[] inputs) {
        if (!(loss instanceof Ctc)) {
            return inputs;
        }
        Tensor[] result = inputs.clone();
        result[0] = Softmax.logs(inputs[0]);
        return result;
    }

    /** The examples from {@code from} up to {@code to}. */
    Tensor[] share(Tensor[] inputs, int from, int to) {
        return IntStream.range(0, inputs.length)
                .mapToObj(i -> inputs[i] == null ? null : cut(inputs[i], kinds.get(i).batch, from, to))
                .toArray(Tensor[]::new);
    }

    private static Tensor cut(Tensor tensor, int dimension, int from, int to) {
        int[] shape = tensor.shape();
        int extent = shape[dimension];
        int inner = Arrays.stream(shape, dimension + 1, shape.length).reduce(1, Math::multiplyExact);
        double[] kept = IntStream.range(0, tensor.size())
                .filter(i -> i / inner % extent >= from && i / inner % extent < to)
                .mapToDouble(i -> tensor.data()[i])
                .toArray();
        shape[dimension] = to - from;
        return tensor.holdsIndices() ? Tensor.ofIndices(kept, shape) : Tensor.of(kept, shape);
    }

    @Override
    public String toString() {
        return loss.toString();
    }
}

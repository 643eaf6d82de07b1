package dev.lockstep.losses;

import static dev.lockstep.losses.Refusals.assertRefused;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

/** Broadcasting against a slow index-by-index one. */
class OperandTest {
    @Provide
    Arbitrary<int[]> shapes() {
        return Arbitraries.integers()
                .between(1, 30)
                .array(int[].class)
                .ofMinSize(0)
                .ofMaxSize(3);
    }

    @Property(tries = 200)
    void readsAndAddsAsIfRepeated(@ForAll("shapes") int[] result, @ForAll long seed) {
        Random random = new Random(seed);
        int[] shape = Arrays.copyOfRange(result, random.nextInt(result.length + 1), result.length);
        for (int d = 0; d < shape.length; d++) {
            shape[d] = random.nextBoolean() ? 1 : shape[d];
        }
        Tensor small = Tensor.zeros(shape);
        Arrays.setAll(small.data(), i -> i + 1);
        Tensor gradient = Tensor.zeros(shape);
        Tensor large = Tensor.zeros(result);
        assertArrayEquals(result, Operand.broadcast(small, large));

        Operand operand = new Operand(small, gradient, result);
        double[] expected = new double[small.size()];
        for (int start = 0; start < large.size(); start += Block.SIZE) {
            int count = Math.min(Block.SIZE, large.size() - start);
            operand.load(start, count);
            for (int i = 0; i < count; i++) {
                int from = source(start + i, shape, result);
                assertEquals(small.data()[from], operand.values[i]);
                operand.slopes[i] = start + i;
                expected[from] += start + i;
            }
            operand.store(start, count);
        }
        assertArrayEquals(expected, gradient.data());
    }

    private static int source(int position, int[] shape, int[] result) {
        int rest = position;
        int index = 0;
        int stride = 1;
        for (int d = result.length - 1; d >= 0; d--) {
            int own = d - result.length + shape.length;
            if (own >= 0) {
                index += shape[own] == 1 ? 0 : rest % result[d] * stride;
                stride *= shape[own];
            }
            rest /= result[d];
        }

        return index;
    }

    @Test
    void shapesThatDoNotFitAreRefused() {
        assertArrayEquals(new int[] {4, 2, 3}, Operand.broadcast(Tensor.zeros(2, 1), Tensor.zeros(4, 1, 3)));
        assertRefused(
                "Shapes do not fit one another: shapes=[[2, 3], [2]]",
                () -> Operand.broadcast(Tensor.zeros(2, 3), Tensor.zeros(2)));
    }
}

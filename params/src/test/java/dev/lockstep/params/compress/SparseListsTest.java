package dev.lockstep.params.compress;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.lockstep.params.ProtocolException;
import java.util.Comparator;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Which values the kinds send that leave some out. */
class SparseListsTest {
    @Test
    void topKSendsTheLargestAndOfEqualOnesTheFirst() {
        float[] gradient = {1, -3, 2, 3, -2, 2, 0, 0};
        Sent sent = Sent.of(new TopK(0.5), gradient, 1);
        assertArrayEquals(new float[] {0, -3, 2, 3, -2, 0, 0, 0}, sent.values());
        assertArrayEquals(new float[] {1, 0, 0, 0, 0, 2, 0, 0}, sent.left());
        assertEquals(8, sent.words().length);
    }

    @Test
    void topKFindsWhatSortingFinds() {
        Random random = new Random(3);
        for (int round = 0; round < 200; round++) {
            int count = 1 + random.nextInt(300);
            float[] gradient = new float[count];
            for (int i = 0; i < count; i++) {
                gradient[i] = round % 2 == 0 ? random.nextInt(7) - 3 : Float.intBitsToFloat(random.nextInt());
            }

            TopK kind = new TopK((1 + random.nextInt(100)) / 100.0);
            int[] words = Sent.of(kind, gradient, 1).words();
            int[] expected = IntStream.range(0, count)
                    .boxed()
                    .sorted(Comparator.comparingInt((Integer i) -> -Smallest.magnitude(gradient[i])))
                    .limit(words.length / 2)
                    .mapToInt(Integer::intValue)
                    .sorted()
                    .toArray();
            int[] places =
                    IntStream.range(0, words.length / 2).map(i -> words[2 * i]).toArray();
            assertArrayEquals(expected, places, "round=" + round);
        }
    }

    @Test
    void topKSendsAtLeastOne() {
        assertArrayEquals(
                new float[] {0, 0, 5},
                Sent.of(new TopK(1e-9), new float[] {1, 2, 5}, 1).values());
    }

    @Test
    void thresholdSendsStepsOfOneSizeInUnitsOfTheWeight() {
        float[] gradient = {1.5f, -2, 0.5f, -4.5f, 0.99f, 1};
        Sent sent = Sent.of(new Threshold(0.25), gradient, 4);
        assertArrayEquals(new float[] {1, -1, 0, -1, 0, 1}, sent.values());
        assertArrayEquals(new float[] {0.5f, -1, 0.5f, -3.5f, 0.99f, 0}, sent.left());
        assertEquals(2 + 4, sent.words().length);
    }

    @Test
    void halfPrecisionSendsTheRestOfWhatIsTooLargeLater() {
        Sent sent = Sent.of(new Fp16(), new float[] {70_000, -1e6f, 65_519}, 1);
        assertArrayEquals(new float[] {65_504, -65_504, 65_504}, sent.values());
        assertArrayEquals(new float[] {4_496, -934_496, 15}, sent.left());
        float largest = Sent.of(new Bf16(), new float[] {Float.MAX_VALUE}, 1).values()[0];
        assertEquals(BrainFloat.LARGEST, largest);
    }

    @Test
    void listsThatNobodyWritesAreRefused() {
        ProtocolException order = assertThrows(
                ProtocolException.class, () -> new TopK(0.5).expand(new int[] {1, 0, 1, 0}, 4, new float[4]));
        assertEquals("Places must rise and lie in the range: place=1, before=1, values=4", order.getMessage());
        ProtocolException outside = assertThrows(
                ProtocolException.class, () -> new Threshold(1).expand(new int[] {1, 0, 4}, 4, new float[4]));
        assertEquals("Places must rise and lie in the range: place=4, before=-1, values=4", outside.getMessage());
        ProtocolException longer = assertThrows(ProtocolException.class, () -> new Threshold(1).length(4, 5));
        assertEquals("List must have at most as many steps as values: steps=5, values=4", longer.getMessage());
    }

    @Test
    void settingsThatMakeNoSenseAreRefused() {
        for (double ratio : new double[] {0, -0.1, 1.01, Double.NaN}) {
            Exception e = assertThrows(IllegalArgumentException.class, () -> new TopK(ratio));
            assertEquals("ratio must be above 0 and at most 1: ratio=" + ratio, e.getMessage());
        }
        for (double tau : new double[] {0, -1, Double.POSITIVE_INFINITY, Double.NaN}) {
            Exception e = assertThrows(IllegalArgumentException.class, () -> new Threshold(tau));
            assertEquals("tau must be finite and above 0: tau=" + tau, e.getMessage());
        }
    }
}

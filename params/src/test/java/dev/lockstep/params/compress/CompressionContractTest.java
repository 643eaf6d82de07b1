package dev.lockstep.params.compress;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lockstep.params.ProtocolException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What every kind of compression must do. */
class CompressionContractTest {
    private static final int[] SIZES = {0, 1, 2, 3, 16, 17, 1000, 4097};

    static Stream<Compression> kinds() {
        return Stream.of(
                new NoCompression(),
                new Fp16(),
                new Bf16(),
                new TopK(0.01),
                new TopK(0.5),
                new TopK(1),
                new Threshold(),
                new Threshold(0.5),
                new Threshold(1e-30));
    }

    @Test
    void everyKindOfTheCatalogueIsHere() {
        Set<Class<?>> here = new HashSet<>();
        kinds().forEach(kind -> here.add(kind.getClass()));
        assertEquals(new HashSet<>(Compressions.byName().values()), here);
    }

    /** Bit for bit; a threshold's differences are rounded, by half of a value's last bit. */
    @ParameterizedTest
    @MethodSource("kinds")
    void whatIsSentAndWhatIsLeftAreTheGradient(Compression kind) {
        for (float[] gradient : gradients()) {
            Sent sent = Sent.of(kind, gradient, 3);
            for (int i = 0; i < gradient.length; i++) {
                double sum = (double) sent.values()[i] + sent.left()[i];
                double rounded = kind instanceof Threshold ? Math.ulp(gradient[i]) / 2.0 : 0;
                assertEquals(gradient[i], sum, rounded, kind + ", i=" + i + ", count=" + gradient.length);
            }
        }
    }

    private static List<float[]> gradients() {
        List<float[]> gradients = new ArrayList<>();
        for (int size : SIZES) {
            for (float scale : new float[] {1e-6f, 1, 1e5f}) {
                gradients.add(random(size, scale));
            }

            gradients.add(new float[size]);
            gradients.add(anyBits(size));
        }

        return gradients;
    }

    private static float[] random(int size, float scale) {
        Random random = new Random(size);
        float[] values = new float[size];
        for (int i = 0; i < size; i++) {
            values[i] = (float) random.nextGaussian() * scale;
        }

        return values;
    }

    /** Of any size below 2²⁹, subnormal ones among them: above it, what fp16 leaves is rounded. */
    private static float[] anyBits(int size) {
        Random random = new Random(7);
        float[] values = new float[size];
        for (int i = 0; i < size; i++) {
            float value = Float.intBitsToFloat(random.nextInt());
            values[i] = Math.abs(value) < 0x1p29f ? value : i;
        }

        return values;
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void zerosStayZeros(Compression kind) {
        Sent sent = Sent.of(kind, new float[33], 1);
        assertArrayEquals(new float[33], sent.values());
        assertArrayEquals(new float[33], sent.left());
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void aValueThatIsNotFiniteIsSeen(Compression kind) {
        for (float bad : new float[] {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY}) {
            for (int place : new int[] {0, 41, 99, 100}) {
                float[] gradient = random(101, 1);
                gradient[place] = bad;
                float[] seen = Sent.of(kind, gradient, 1).values();
                assertFalse(Float.isFinite(seen[place]), kind + ", place=" + place + ", value=" + bad);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void theSameGradientGivesTheSameWords(Compression kind) {
        for (float[] gradient : gradients()) {
            Sent one = Sent.of(kind, gradient, 3);
            Sent two = Sent.of(kind, gradient, 3);
            assertArrayEquals(one.words(), two.words());
            assertArrayEquals(one.left(), two.left());
        }
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void aListSaysHowLongItIs(Compression kind) {
        for (float[] gradient : gradients()) {
            int[] words = Sent.of(kind, gradient, 3).words();
            assertTrue(words.length <= kind.longest(gradient.length));
            if (words.length > 0) {
                assertEquals(words.length, kind.length(gradient.length, words[0]));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void whatIsNoListIsRefusedOrReadAsOne(Compression kind) {
        Random random = new Random(11);
        int refused = 0;
        for (int round = 0; round < 2_000; round++) {
            int[] words = Sent.of(kind, random(40, 1), 1).words();
            words[random.nextInt(words.length)] = random.nextInt(3) == 0 ? random.nextInt() : random.nextInt(50);
            int[] arrived = Arrays.copyOf(words, kind.longest(40));
            try {
                if (kind.length(40, words[0]) <= arrived.length) {
                    kind.expand(arrived, 40, new float[40]);
                }
            } catch (ProtocolException e) {
                refused++;
            }
        }

        assertEquals(kind instanceof TopK || kind instanceof Threshold, refused > 100, kind + ", refused=" + refused);
    }

    /** What was left out of one step comes in others. */
    @ParameterizedTest
    @MethodSource("kinds")
    void overManyStepsNothingIsLost(Compression kind) {
        int steps = 300;
        ErrorFeedback feedback = new ErrorFeedback(kind, weight -> weight, 50);
        double[] given = new double[50];
        double[] sent = new double[50];
        for (int step = 0; step < steps; step++) {
            float[] gradient = random(50, 1 + step % 3);
            System.arraycopy(gradient, 0, feedback.gradient(), 0, 50);
            feedback.compress(2);
            float[] seen = new float[50];
            kind.expand(feedback.words(), 50, seen);
            feedback.applied();
            for (int i = 0; i < 50; i++) {
                given[i] += gradient[i];
                sent[i] += seen[i];
            }
        }

        float[] kept = new float[50];
        feedback.copyKept(kept, 0);
        for (int i = 0; i < 50; i++) {
            double rounded = steps * Math.ulp((float) Math.max(1, Math.abs(given[i])));
            assertEquals(given[i], sent[i] + kept[i], rounded, kind + ", i=" + i);
        }
    }
}

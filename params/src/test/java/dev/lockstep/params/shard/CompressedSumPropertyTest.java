package dev.lockstep.params.shard;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lockstep.params.ProtocolException;
import dev.lockstep.params.compress.Bf16;
import dev.lockstep.params.compress.Compression;
import dev.lockstep.params.compress.Fp16;
import dev.lockstep.params.compress.Threshold;
import dev.lockstep.params.compress.TopK;
import dev.lockstep.params.wire.Frame;
import dev.lockstep.params.wire.Pushes;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** Whatever the order in which hosts' lists arrive, and in whatever pieces, the sum is that of what they say. */
class CompressedSumPropertyTest {
    private static final List<Compression> KINDS = List.of(new Fp16(), new Bf16(), new TopK(0.3), new Threshold(0.5));

    @Property(tries = 500)
    void sumsInTheOrderOfHosts(
            @ForAll @IntRange(min = 1, max = 5) int hosts,
            @ForAll @IntRange(min = 1, max = 200) int count,
            @ForAll @IntRange(min = 0, max = 3) int kind,
            @ForAll long seed) {
        Random random = new Random(seed);
        Compression compression = KINDS.get(kind);
        CompressedSum sum = new CompressedSum(compression, count, hosts, new Workspace(count + 3), null, -1);
        for (int step = 0; step < 2; step++) {
            int[][] lists = new int[hosts][];
            float[] expected = new float[count];
            boolean none = true;
            for (int host = 0; host < hosts; host++) {
                if (random.nextInt(4) > 0) {
                    float[] values = new float[count];
                    lists[host] = list(compression, count, random, values);
                    for (int i = 0; i < count; i++) {
                        expected[i] = none ? values[i] : expected[i] + values[i];
                    }

                    none = false;
                }
            }

            arrive(sum, lists, random);
            assertArrayEquals(expected, sum.values());
            sum.clear();
            assertFalse(sum.isComplete());
        }
    }

    /** @param into what it says */
    private static int[] list(Compression compression, int count, Random random, float[] into) {
        float[] gradient = new float[count];
        for (int i = 0; i < count; i++) {
            gradient[i] = (float) random.nextGaussian();
        }

        int[] words = new int[compression.longest(count)];
        int length = compression.compress(gradient, 1, words);
        compression.expand(words, count, into);
        return Arrays.copyOf(words, length);
    }

    private static void arrive(CompressedSum sum, int[][] lists, Random random) {
        while (!sum.isComplete()) {
            int host = random.nextInt(lists.length);
            int from = sum.received(host);
            int length = lists[host] == null ? 0 : lists[host].length;
            int start = random.nextInt(4) == 0 ? random.nextInt(length + 1) : from;
            int size = start >= length ? 0 : 1 + random.nextInt(length - start);
            Frame push = lists[host] == null
                    ? Pushes.empty(host)
                    : Pushes.of(host, floats(lists[host]), start, size, host + 0.5);
            boolean isNew = lists[host] == null ? sum.lacks(host) : start == from && size > 0;
            assertEquals(isNew, sum.add(host, push));
        }
    }

    private static float[] floats(int... words) {
        float[] floats = new float[words.length];
        for (int i = 0; i < words.length; i++) {
            floats[i] = Float.intBitsToFloat(words[i]);
        }

        return floats;
    }

    @Example
    void aListThatSaysNothingIsAskedForAgain() {
        CompressedSum sum = new CompressedSum(new TopK(0.5), 4, 1, new Workspace(4), null, -1);
        Frame wrong = Pushes.of(0, floats(2, 0, 1, 0), 0, 4, 1);
        ProtocolException refused = assertThrows(ProtocolException.class, () -> sum.add(0, wrong));
        assertEquals("Places must rise and lie in the range: place=1, before=2, values=4", refused.getMessage());
        assertTrue(sum.lacks(0));
        assertEquals(0, sum.received(0));
        float one = 1;
        assertTrue(sum.add(0, Pushes.of(0, floats(1, Float.floatToRawIntBits(one), 2, 0), 0, 4, 1)));
        assertTrue(sum.isComplete());
        assertArrayEquals(new float[] {0, 1, 0, 0}, sum.values());
    }
}

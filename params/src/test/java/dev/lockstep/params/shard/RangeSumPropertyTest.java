package dev.lockstep.params.shard;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lockstep.params.wire.Frame;
import dev.lockstep.params.wire.Pushes;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** Whatever the order in which workers' pieces arrive, and whatever their sizes, the sum is the one in worker order. */
class RangeSumPropertyTest {
    @Property(tries = 1000)
    void sumsInWorkerOrder(
            @ForAll @IntRange(min = 1, max = 5) int workers,
            @ForAll @IntRange(min = 1, max = 400) int count,
            @ForAll long seed) {
        Random random = new Random(seed);
        Workspace workspace = new Workspace(count + random.nextInt(10));
        RangeSum sum = new RangeSum(count, workers, workspace);
        // Twice, to see that nothing is left of the first step.
        for (int step = 0; step < 2; step++) {
            float[][] gradients = gradients(random, workers, count);
            arrive(sum, gradients, random);
            assertTrue(sum.isComplete());
            assertArrayEquals(expected(gradients, count), sum.values());
            assertEquals(weight(gradients), sum.weight());
            sum.clear();
            assertFalse(sum.isComplete());
        }
    }

    /** Null for an empty share. */
    private static float[][] gradients(Random random, int workers, int count) {
        float[][] gradients = new float[workers][];
        for (int worker = 0; worker < workers; worker++) {
            if (random.nextInt(4) > 0) {
                gradients[worker] = new float[count];
                for (int i = 0; i < count; i++) {
                    gradients[worker][i] = (float) (random.nextGaussian() * Math.pow(10, random.nextInt(8) - 4));
                }
            }
        }

        return gradients;
    }

    /** Pieces of all workers, mixed; some twice, some too early, which are sent again. */
    private static void arrive(RangeSum sum, float[][] gradients, Random random) {
        int count = sum.values().length;
        while (!sum.isComplete()) {
            int worker = random.nextInt(gradients.length);
            int from = sum.received(worker);
            int start = random.nextInt(4) == 0 ? random.nextInt(count + 1) : from;
            int size = start == count ? 0 : 1 + random.nextInt(count - start);
            Frame push = gradients[worker] == null
                    ? Pushes.empty(worker)
                    : Pushes.of(worker, gradients[worker], start, size, worker + 0.5);
            boolean isNew = gradients[worker] == null ? from == 0 : start == from && size > 0;
            assertEquals(isNew, sum.add(worker, push));
        }
    }

    private static float[] expected(float[][] gradients, int count) {
        List<float[]> present = new ArrayList<>();
        for (float[] gradient : gradients) {
            if (gradient != null) {
                present.add(gradient);
            }
        }

        float[] sum = present.isEmpty() ? new float[count] : present.get(0).clone();
        for (float[] gradient : present.subList(Math.min(1, present.size()), present.size())) {
            for (int i = 0; i < count; i++) {
                sum[i] += gradient[i];
            }
        }

        return sum;
    }

    private static double weight(float[][] gradients) {
        double weight = 0;
        for (int worker = 0; worker < gradients.length; worker++) {
            weight += gradients[worker] == null ? 0 : worker + 0.5;
        }

        return weight;
    }
}

package dev.lockstep.params.shard;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.lockstep.params.Layout;
import dev.lockstep.params.Parameter;
import dev.lockstep.params.plane.Blocks;
import dev.lockstep.params.plane.HostPlane;
import dev.lockstep.params.plane.HostRange;
import dev.lockstep.params.plane.PlainPlane;
import dev.lockstep.params.plane.Region;
import dev.lockstep.params.wire.Frame;
import dev.lockstep.params.wire.Pushes;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/**
 * Whatever the order in which workers' pieces arrive, and whatever their sizes, the sum is the one in worker order. One
 * of them may be the shard's own host, which sends nothing.
 */
class RangeSumPropertyTest {
    @Property(tries = 1000)
    void sumsInWorkerOrder(
            @ForAll @IntRange(min = 1, max = 5) int workers,
            @ForAll @IntRange(min = -1, max = 4) int near,
            @ForAll @IntRange(min = 1, max = 400) int count,
            @ForAll long seed) {
        Random random = new Random(seed);
        int own = near < workers ? near : -1;
        Workspace workspace = new Workspace(count + random.nextInt(10));
        Layout layout = Layout.of(List.of(new Parameter("w", List.of(count))), List.of(), 1);
        HostPlane plane = new PlainPlane(layout);
        Region gradient = plane.create(UUID.randomUUID());
        HostRange host =
                new HostRange(layout.trained().get(0), plane.values(), List.of(gradient), Frame.EMPTY, new Blocks());
        RangeSum sum = new RangeSum(count, workers, workspace, own < 0 ? null : host, own);
        // Twice, to see that nothing is left of the first step.
        for (int step = 1; step <= 2; step++) {
            float[][] gradients = gradients(random, workers, count);
            while (!sum.isComplete()) {
                int worker = random.nextInt(workers);
                if (worker != own) {
                    arrive(sum, worker, gradients[worker], count, random);
                } else if (random.nextInt(3) == 0) {
                    boolean isNew = sum.received(own) == 0;
                    stamp(gradient, gradients[own], step, own + 0.5);
                    assertEquals(isNew, sum.addHost(step));
                }
            }

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

    private static void stamp(Region region, float[] gradient, long step, double weight) {
        if (gradient == null) {
            region.stamp(0, step, Frame.EMPTY, 0);
        } else {
            region.floats().put(0, gradient);
            region.stamp(0, step, 0, weight);
        }
    }

    /** A piece; some come twice, some too early, which are sent again. */
    private static void arrive(RangeSum sum, int worker, float[] gradient, int count, Random random) {
        int from = sum.received(worker);
        int start = random.nextInt(4) == 0 ? random.nextInt(count + 1) : from;
        int size = start == count ? 0 : 1 + random.nextInt(count - start);
        Frame push = gradient == null ? Pushes.empty(worker) : Pushes.of(worker, gradient, start, size, worker + 0.5);
        boolean isNew = gradient == null ? from == 0 : start == from && size > 0;
        assertEquals(isNew, sum.add(worker, push));
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

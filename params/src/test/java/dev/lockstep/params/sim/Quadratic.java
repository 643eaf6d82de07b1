package dev.lockstep.params.sim;

import dev.lockstep.params.Parameter;
import java.nio.FloatBuffer;
import java.util.List;
import java.util.Random;

/**
 * A network small enough for a simulation: each example pulls each value towards a point of its own, so that the
 * gradient of a share is Σ (w − point). Examples are numbered; batch t is the next {@code batch} of them, dealt
 * round-robin.
 */
final class Quadratic {
    static final List<Parameter> PARAMETERS = List.of(
            new Parameter("0.weight", List.of(7, 300)),
            new Parameter("0.bias", List.of(13)),
            new Parameter("1.weight", List.of(30, 80)),
            new Parameter("1.bias", List.of(3)));

    static final List<Parameter> BUFFERS =
            List.of(new Parameter("0.running_mean", List.of(5)), new Parameter("0.running_var", List.of(5)));

    private Quadratic() {}

    static float[] start(int count) {
        Random random = new Random(3);
        float[] start = new float[count];
        for (int i = 0; i < count; i++) {
            start[i] = (float) random.nextGaussian();
        }

        return start;
    }

    /** The gradient of the sum over one worker's share of a batch; returns how many examples it has. */
    static int gradient(long step, int worker, int workers, int batch, FloatBuffer values, FloatBuffer gradient) {
        return gradient(step, new Deal(worker, workers, batch), values, gradient, /* grain */ 0);
    }

    /**
     * As {@link #gradient}, but each example's slope is a multiple of 1/256: their sums are exact, whoever adds them.
     */
    static int coarse(long step, int worker, int workers, int batch, FloatBuffer values, FloatBuffer gradient) {
        return gradient(step, new Deal(worker, workers, batch), values, gradient, /* grain */ 256);
    }

    private record Deal(int first, int by, int batch) {}

    private static int gradient(long step, Deal deal, FloatBuffer values, FloatBuffer gradient, int grain) {
        int examples = 0;
        for (int i = 0; i < gradient.capacity(); i++) {
            gradient.put(i, 0);
        }

        for (int position = deal.first; position < deal.batch; position += deal.by) {
            float point = (float) Math.sin(step * 31 + position * 7L);
            for (int i = 0; i < gradient.capacity(); i++) {
                float slope = values.get(i) - point * (1 + i % 5);
                float rounded = grain == 0 ? slope : (float) Math.rint(slope * grain) / grain;
                gradient.put(i, gradient.get(i) + rounded);
            }

            examples++;
        }

        return examples;
    }
}

package dev.lockstep.driver.metric;

import dev.lockstep.losses.Loss;
import java.util.Arrays;
import java.util.Random;
import java.util.function.ToDoubleFunction;

/** A metric with the kind of predictions and targets that it is tried on. */
record Drawn(Metric metric, Loss loss, ToDoubleFunction<Random> target, int... shape) {
    /** @param shape of the predictions of one example */
    static Drawn classes(Metric metric, Loss loss, int... shape) {
        return new Drawn(metric, loss, random -> random.nextInt(shape[0]), shape);
    }

    static Drawn yesOrNo(Metric metric, Loss loss, int... shape) {
        return new Drawn(metric, loss, random -> random.nextInt(2), shape);
    }

    static Drawn numbers(Metric metric, Loss loss, int... shape) {
        return new Drawn(metric, loss, Random::nextGaussian, shape);
    }

    Predicted draw(Random random, int count) {
        int each = Arrays.stream(shape).reduce(1, (one, other) -> one * other);
        int targetsEach = Meaning.of(loss) == Meaning.CLASSES ? each / shape[0] : each;
        int[] whole = new int[1 + shape.length];
        whole[0] = count;
        System.arraycopy(shape, 0, whole, 1, shape.length);
        float[] targets = new float[count * targetsEach];
        for (int i = 0; i < targets.length; i++) {
            targets[i] = (float) target.applyAsDouble(random);
        }
        double[] predictions = new double[count * each];
        for (int i = 0; i < predictions.length; i++) {
            // In steps, so that some are equal.
            predictions[i] = Math.rint(random.nextGaussian() * 16) / 16;
        }
        return new Predicted(loss, whole, predictions, targets);
    }

    @Override
    public String toString() {
        return metric + " of " + loss.getClass().getSimpleName() + Arrays.toString(shape);
    }
}

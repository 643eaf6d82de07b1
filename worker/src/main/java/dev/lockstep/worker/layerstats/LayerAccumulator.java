package dev.lockstep.worker.layerstats;

import java.util.Arrays;
import java.util.function.DoublePredicate;

/**
 * Adds up what one layer hands on and gets back in one step; several times, where one network sees several groups of
 * features. Not thread-safe.
 *
 * <p>A unit is a channel of an image, and else each value of an example. A channel, because a blank margin makes every
 * value there 0.
 */
public final class LayerAccumulator {
    private static final int IMAGES = 4;

    private final DoublePredicate end;
    private final Moments activations = new Moments();
    private final Moments gradients = new Moments();
    private final Fp16Counter activationsInFp16 = new Fp16Counter();
    private final Fp16Counter gradientsInFp16 = new Fp16Counter();
    private boolean[] alive = new boolean[0];
    private long count;
    private long ends;
    private boolean trained;
    private boolean gradientCame;

    /** @param end whether a value lies where the layer saturates; null if it does not */
    public LayerAccumulator(DoublePredicate end) {
        this.end = end;
    }

    /**
     * What the layer hands on.
     *
     * @param shape of the values, examples first
     * @param wanted whether a gradient will come for it
     */
    public void handedOn(double[] values, int[] shape, boolean wanted) {
        activations.add(values);
        activationsInFp16.add(values);
        count += values.length;
        trained |= wanted;
        if (end != null) {
            ends += Arrays.stream(values).filter(end).count();
        }
        findAlive(values, shape);
    }

    /**
     * The gradient by what it handed on.
     *
     * @param scaled by the loss scale; divided by it here
     */
    public void gotBack(double[] scaled, double lossScale) {
        gradientCame = true;
        gradientsInFp16.add(scaled);
        for (int i = 0; lossScale != 1 && i < scaled.length; i++) {
            scaled[i] /= lossScale;
        }
        gradients.add(scaled);
    }

    private void findAlive(double[] values, int[] shape) {
        int ofExample = shape[0] == 0 ? 0 : values.length / shape[0];
        int run = shape.length == IMAGES ? Math.max(1, shape[2] * shape[3]) : 1;
        int units = ofExample / run;
        if (alive.length != units) {
            alive = new boolean[units];
        }
        for (int i = 0; i < values.length; i++) {
            // What is not a number is a trouble of another kind.
            alive[i / run % units] |= values[i] != 0;
        }
    }

    /** What no backward pass reached, although it is trained, has a gradient of 0. */
    public LayerFigures figures() {
        return new LayerFigures(
                activations.deviation(),
                end == null ? Double.NaN : (double) ends / count,
                alive.length == 0 ? 0 : (double) dead() / alive.length,
                trained,
                gradientCame || !trained ? gradients.deviation() : 0,
                new Fp16Fit(activationsInFp16.shares(), gradientsInFp16.shares()));
    }

    private int dead() {
        int dead = 0;
        for (boolean unit : alive) {
            dead += unit ? 0 : 1;
        }

        return dead;
    }
}

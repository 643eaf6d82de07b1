package dev.lockstep.params.sim;

import dev.lockstep.optim.Optimizer;
import dev.lockstep.optim.Slice;
import dev.lockstep.params.Layout;
import dev.lockstep.params.Range;
import dev.lockstep.params.Span;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * An optimizer alone with the gradient of the whole batch: no workers, shards, ranges or frames; one slice for each
 * tensor.
 */
final class OneProcess {
    private final Optimizer optimizer;
    private final Layout layout;
    private final float[] values;
    private final float[][] slots;
    private final List<Slice> tensors = new ArrayList<>();

    OneProcess(Optimizer optimizer, Layout layout, float[] start) {
        this.optimizer = optimizer;
        this.layout = layout;
        this.values = start.clone();
        this.slots = new float[optimizer.slots().size()][start.length];
        int from = 0;
        for (int size :
                layout.parameters().stream().mapToInt(tensor -> tensor.size()).toArray()) {
            tensors.add(new Slice(values, slots, new double[optimizer.scalars().size()], from, size));
            from += size;
        }

        tensors.forEach(optimizer::start);
    }

    void step(long step, Share share, int batch) {
        FloatBuffer gradient = FloatBuffer.allocate(values.length);
        share.gradient(step, 0, 1, batch, FloatBuffer.wrap(values), gradient);
        float[] mean = gradient.array();
        for (int i = 0; i < mean.length; i++) {
            mean[i] /= batch;
        }

        double[][] sums = sums(mean);
        for (int tensor = 0; tensor < sums.length; tensor++) {
            optimizer.update(tensors.get(tensor), mean, optimizer.lr(), sums[tensor]);
        }
    }

    /** Of each tensor, added piece by piece as the layout cuts them, because double sums round as well. */
    private double[][] sums(float[] gradient) {
        double[][] sums = new double[tensors.size()][optimizer.sums()];
        for (Range range : layout.trained()) {
            for (Span span : optimizer.sums() == 0 ? List.<Span>of() : range.spans()) {
                double[] scalars = tensors.get(span.parameter()).scalars();
                Slice piece = new Slice(values, slots, scalars, range.start() + span.start(), span.count());
                optimizer.measure(piece, gradient, optimizer.lr(), sums[span.parameter()]);
            }
        }

        return sums;
    }

    float[] values() {
        return values;
    }

    float[][] slots() {
        return slots;
    }

    double[] scalars(int tensor) {
        return tensors.get(tensor).scalars();
    }
}

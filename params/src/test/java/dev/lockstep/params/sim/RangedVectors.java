package dev.lockstep.params.sim;

import dev.lockstep.optim.lbfgs.Vectors;
import dev.lockstep.params.Layout;
import dev.lockstep.params.Range;
import java.util.function.ToDoubleFunction;

/** Whole vectors in this process, whose sums are added range by range as shards add them. */
record RangedVectors(Layout layout) implements Vectors<float[]> {
    @Override
    public float[] zeros() {
        return new float[layout.valueCount()];
    }

    @Override
    public void copy(float[] from, float[] to) {
        System.arraycopy(from, 0, to, 0, to.length);
    }

    @Override
    public void scale(float[] x, double factor) {
        for (int i = 0; i < x.length; i++) {
            x[i] = (float) (factor * x[i]);
        }
    }

    @Override
    public void add(float[] to, double factor, float[] x) {
        for (int i = 0; i < x.length; i++) {
            to[i] = (float) (to[i] + factor * x[i]);
        }
    }

    @Override
    public double dot(float[] x, float[] y) {
        return sum(range -> {
            double sum = 0;
            for (int i = range.start(); i < range.end(); i++) {
                sum += (double) x[i] * y[i];
            }

            return sum;
        });
    }

    @Override
    public double sumOfSizes(float[] x) {
        return sum(range -> {
            double sum = 0;
            for (int i = range.start(); i < range.end(); i++) {
                sum += Math.abs(x[i]);
            }

            return sum;
        });
    }

    @Override
    public double largestSize(float[] x) {
        double largest = 0;
        for (float value : x) {
            largest = Math.max(largest, Math.abs(value));
        }

        return largest;
    }

    private double sum(ToDoubleFunction<Range> partial) {
        double sum = 0;
        for (Range range : layout.trained()) {
            sum += partial.applyAsDouble(range);
        }

        return sum;
    }
}

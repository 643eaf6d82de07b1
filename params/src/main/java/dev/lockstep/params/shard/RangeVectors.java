package dev.lockstep.params.shard;

import dev.lockstep.params.lbfgs.VectorOp;
import dev.lockstep.params.lbfgs.VectorProgram;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * One range's part of the vectors that an L-BFGS step works with, by the numbers that the worker that runs it gives
 * them. Between steps those that are kept have the numbers from 0 on. Sums are double. One thread.
 */
final class RangeVectors {
    private final int length;
    private final Map<Integer, float[]> vectors = new HashMap<>();
    private double[] numbers = {};

    RangeVectors(int length) {
        this.length = length;
    }

    /** Takes over what a checkpoint holds; copied. */
    void restore(float[][] kept, double[] keptNumbers) {
        vectors.clear();
        for (int i = 0; i < kept.length; i++) {
            vectors.put(i, Arrays.copyOf(kept[i], length));
        }

        this.numbers = keptNumbers.clone();
    }

    /** The live vector of that number; null if there is none. */
    float[] vector(int number) {
        return vectors.get(number);
    }

    /** How many there are; between steps all of them are kept. */
    int count() {
        return vectors.size();
    }

    double[] numbers() {
        return numbers;
    }

    void keep(double[] handles, double[] keptNumbers) {
        Map<Integer, float[]> kept = new HashMap<>();
        for (int i = 0; i < handles.length; i++) {
            kept.put(i, vectors.get((int) handles[i]));
        }

        vectors.clear();
        vectors.putAll(kept);
        this.numbers = keptNumbers;
    }

    /** Sets a vector to values from elsewhere; copied. */
    void set(int number, float[] values) {
        System.arraycopy(values, 0, vectors.get(number), 0, length);
    }

    /** Does what needs nothing but vectors; returns the result, or 0. */
    double run(VectorOp op, VectorProgram with) {
        float[] x = vectors.get(with.x());
        float[] y = vectors.get(with.y());
        switch (op) {
            case ZEROS -> vectors.put(with.x(), new float[length]);
            case RELEASE -> vectors.remove(with.x());
            case COPY -> System.arraycopy(x, 0, y, 0, length);
            case SCALE -> scale(x, with.factor());
            case ADD -> add(x, with.factor(), y);
            case DOT -> {
                return dot(x, y);
            }
            case SUM_OF_SIZES -> {
                return sumOfSizes(x);
            }
            case LARGEST_SIZE -> {
                return largestSize(x);
            }
            default -> throw new IllegalStateException("Operation needs more than vectors: op=" + op);
        }

        return 0;
    }

    private static void scale(float[] x, double factor) {
        for (int i = 0; i < x.length; i++) {
            x[i] = (float) (factor * x[i]);
        }
    }

    private static void add(float[] to, double factor, float[] x) {
        for (int i = 0; i < to.length; i++) {
            to[i] = (float) (to[i] + factor * x[i]);
        }
    }

    private static double dot(float[] x, float[] y) {
        double sum = 0;
        for (int i = 0; i < x.length; i++) {
            sum += (double) x[i] * y[i];
        }

        return sum;
    }

    private static double sumOfSizes(float[] x) {
        double sum = 0;
        for (float value : x) {
            sum += Math.abs(value);
        }

        return sum;
    }

    /** NaN if one is. */
    private static double largestSize(float[] x) {
        float largest = 0;
        for (float value : x) {
            largest = Math.max(largest, Math.abs(value));
        }

        return largest;
    }
}

package dev.lockstep.optim.lbfgs;

import java.util.Arrays;
import java.util.stream.IntStream;

/** Vectors in pieces, each worked on by itself, and a count of those that are not given back. */
final class PiecedVectors implements Vectors<double[][]> {
    private final int[] lengths;
    private int held;

    PiecedVectors(int... lengths) {
        this.lengths = lengths;
    }

    int held() {
        return held;
    }

    double[][] cut(double[] whole) {
        double[][] pieces = new double[lengths.length][];
        int from = 0;
        for (int i = 0; i < lengths.length; i++) {
            pieces[i] = Arrays.copyOfRange(whole, from, from + lengths[i]);
            from += lengths[i];
        }

        return pieces;
    }

    double[] join(double[][] pieces) {
        return Arrays.stream(pieces).flatMapToDouble(Arrays::stream).toArray();
    }

    Objective<double[][]> objective(Objective<double[]> whole) {
        return (point, gradient) -> {
            double[] joined = join(gradient);
            double value = whole.evaluate(join(point), joined);
            copy(cut(joined), gradient);
            return value;
        };
    }

    private DoubleVectors of(int piece) {
        return new DoubleVectors(lengths[piece]);
    }

    @Override
    public double[][] zeros() {
        held++;
        return IntStream.of(lengths).mapToObj(double[]::new).toArray(double[][]::new);
    }

    @Override
    public void release(double[][] vector) {
        held--;
    }

    @Override
    public void copy(double[][] from, double[][] to) {
        for (int i = 0; i < lengths.length; i++) {
            of(i).copy(from[i], to[i]);
        }
    }

    @Override
    public void scale(double[][] x, double factor) {
        for (int i = 0; i < lengths.length; i++) {
            of(i).scale(x[i], factor);
        }
    }

    @Override
    public void add(double[][] to, double factor, double[][] x) {
        for (int i = 0; i < lengths.length; i++) {
            of(i).add(to[i], factor, x[i]);
        }
    }

    @Override
    public double dot(double[][] x, double[][] y) {
        return IntStream.range(0, lengths.length)
                .mapToDouble(i -> of(i).dot(x[i], y[i]))
                .sum();
    }

    @Override
    public double sumOfSizes(double[][] x) {
        return IntStream.range(0, lengths.length)
                .mapToDouble(i -> of(i).sumOfSizes(x[i]))
                .sum();
    }

    @Override
    public double largestSize(double[][] x) {
        return IntStream.range(0, lengths.length)
                .mapToDouble(i -> of(i).largestSize(x[i]))
                .max()
                .orElse(0);
    }
}

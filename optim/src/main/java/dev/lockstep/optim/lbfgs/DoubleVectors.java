package dev.lockstep.optim.lbfgs;

/** Vectors that are arrays in this process. */
public record DoubleVectors(int length) implements Vectors<double[]> {
    @Override
    public double[] zeros() {
        return new double[length];
    }

    @Override
    public void copy(double[] from, double[] to) {
        System.arraycopy(from, 0, to, 0, length);
    }

    @Override
    public void scale(double[] x, double factor) {
        for (int i = 0; i < length; i++) {
            x[i] *= factor;
        }
    }

    @Override
    public void add(double[] to, double factor, double[] x) {
        for (int i = 0; i < length; i++) {
            to[i] += factor * x[i];
        }
    }

    @Override
    public double dot(double[] x, double[] y) {
        double sum = 0;
        for (int i = 0; i < length; i++) {
            sum += x[i] * y[i];
        }

        return sum;
    }

    @Override
    public double sumOfSizes(double[] x) {
        double sum = 0;
        for (double value : x) {
            sum += Math.abs(value);
        }

        return sum;
    }

    @Override
    public double largestSize(double[] x) {
        double largest = 0;
        for (double value : x) {
            largest = Math.max(largest, Math.abs(value));
        }

        return largest;
    }
}

package dev.lockstep.optim.lbfgs;

import java.util.Arrays;

/** {@code Σ b (xᵢ₊₁ − xᵢ²)² + (a − xᵢ)²}: a curved valley. */
record Rosenbrock(double a, double b) implements Objective<double[]> {
    @Override
    public double evaluate(double[] x, double[] gradient) {
        double value = 0;
        Arrays.fill(gradient, 0);
        for (int i = 0; i < x.length - 1; i++) {
            double across = x[i + 1] - x[i] * x[i];
            double along = a - x[i];
            value += b * across * across + along * along;
            gradient[i] += -4 * b * across * x[i] - 2 * along;
            gradient[i + 1] += 2 * b * across;
        }

        return value;
    }
}

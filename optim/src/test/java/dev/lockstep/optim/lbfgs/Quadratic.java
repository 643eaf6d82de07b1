package dev.lockstep.optim.lbfgs;

/** {@code xᵀAx/2 − bᵀx}, A row by row. */
record Quadratic(double[] matrix, double[] b) implements Objective<double[]> {
    @Override
    public double evaluate(double[] x, double[] gradient) {
        double value = 0;
        for (int i = 0; i < x.length; i++) {
            double row = 0;
            for (int j = 0; j < x.length; j++) {
                row += matrix[i * x.length + j] * x[j];
            }

            gradient[i] = row - b[i];
            value += x[i] * (row / 2 - b[i]);
        }

        return value;
    }
}

package dev.lockstep.driver.data.preprocess;

import java.util.List;

/** One preprocessing after the other. */
public record Chain(List<Preprocess> steps) implements Preprocess {
    public Chain {
        steps = List.copyOf(steps);
    }

    @Override
    public int outputWidth(int width) {
        int output = width;
        for (Preprocess step : steps) {
            output = step.outputWidth(output);
        }
        return output;
    }

    @Override
    public double[] apply(double[] row) {
        double[] output = row.clone();
        for (Preprocess step : steps) {
            output = step.apply(output);
        }
        return output;
    }
}

package dev.lockstep.driver.data.preprocess;

import java.util.List;
import java.util.Map;

/** One preprocessing after the other; without any, nothing changes. */
public record Chain(List<Preprocess> steps) implements Preprocess {
    public static final Chain NONE = new Chain(List.of());

    public Chain {
        steps = List.copyOf(steps);
    }

    /** The same for rows of which the last numbers are no features, and stay as they are. */
    public Chain sparing(int last) {
        return last == 0 || steps.isEmpty() ? this : new Chain(List.of(new AllButLast(last, this)));
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
    public boolean keepsNumbers() {
        return steps.stream().allMatch(Preprocess::keepsNumbers);
    }

    @Override
    public double[] apply(double[] row) {
        double[] output = row.clone();
        for (Preprocess step : steps) {
            output = step.apply(output);
        }
        return output;
    }

    @Override
    public boolean mixes() {
        return steps.stream().anyMatch(Preprocess::mixes);
    }

    @Override
    public Map<String, Object> toMap() {
        return Map.of("chain", steps.stream().map(Preprocess::toMap).toList());
    }
}

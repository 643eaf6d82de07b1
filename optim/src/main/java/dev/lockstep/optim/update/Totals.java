package dev.lockstep.optim.update;

import java.util.List;

/** What the partial sums of one round add up to, for every tensor. See {@link UpdateRule#total}. */
public final class Totals {
    private final double[][] byTensor;

    private Totals(double[][] byTensor) {
        this.byTensor = byTensor;
    }

    static Totals of(Round round, List<List<TensorPart>> ranges, List<double[]> partials) {
        int tensors = ranges.stream()
                .flatMap(List::stream)
                .mapToInt(part -> part.tensor() + 1)
                .max()
                .orElse(0);
        double[][] sums = new double[tensors][round.width()];
        for (int range = 0; range < ranges.size(); range++) {
            List<TensorPart> parts = ranges.get(range);
            requireLength(range, partials.get(range), parts.size() * round.width());
            for (int part = 0; part < parts.size(); part++) {
                combine(round, sums[parts.get(part).tensor()], partials.get(range), part * round.width());
            }
        }

        return new Totals(sums);
    }

    private static void combine(Round round, double[] sums, double[] partials, int from) {
        for (int column = 0; column < sums.length; column++) {
            sums[column] = round.combine(column, sums[column], partials[from + column]);
        }
    }

    private static void requireLength(int range, double[] partials, int expected) {
        if (partials.length != expected) {
            throw new IllegalArgumentException("Partial sums do not fit the range: range=" + range + ", sums="
                    + partials.length + ", expected=" + expected);
        }
    }

    /** The live sums of one tensor. */
    double[] of(int tensor) {
        return byTensor[tensor];
    }

    int tensors() {
        return byTensor.length;
    }
}

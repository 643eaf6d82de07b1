package dev.lockstep.driver.data.preprocess;

import java.util.Arrays;
import java.util.Map;

/** A preprocessing that passes over the last numbers of a row: those of categories. */
public record AllButLast(int last, Preprocess others) implements Preprocess {
    public AllButLast {
        if (last < 1) {
            throw new IllegalArgumentException("last must be at least 1: last=" + last);
        }
    }

    @Override
    public int outputWidth(int width) {
        return others.outputWidth(width - last) + last;
    }

    @Override
    public double[] apply(double[] row) {
        double[] changed = others.apply(Arrays.copyOf(row, row.length - last));
        double[] output = Arrays.copyOf(changed, changed.length + last);
        System.arraycopy(row, row.length - last, output, changed.length, last);
        return output;
    }

    @Override
    public boolean keepsNumbers() {
        return others.keepsNumbers();
    }

    @Override
    public boolean mixes() {
        return others.mixes();
    }

    @Override
    public Map<String, Object> toMap() {
        return Map.of("all_but_last", Map.of("last", last, "others", others.toMap()));
    }
}

package dev.lockstep.driver.data.preprocess;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class MediansPropertyTest {
    /** A row has the value and, as a second feature, its opposite, or a gap at every {@code gap}-th row. */
    @Property(tries = 200)
    void mediansAreThoseOfSortedValues(
            @ForAll @Size(min = 2, max = 40) List<@DoubleRange(min = -1e30, max = 1e30) Double> values,
            @ForAll @IntRange(min = 2, max = 5) int gap) {
        List<double[]> rows = new ArrayList<>();
        List<Double> second = new ArrayList<>();
        for (int i = 0; i < values.size(); i++) {
            boolean there = i % gap != 0 || i == 0;
            rows.add(new double[] {values.get(i), there ? -values.get(i) : Double.NaN});
            if (there) {
                second.add(-values.get(i));
            }
        }
        double[] medians = Medians.of(new long[] {values.size(), second.size()}, known -> {
            int half = rows.size() / 2;
            return Medians.plus(
                    known.count(rows.subList(0, half).iterator()).next(),
                    known.count(rows.subList(half, rows.size()).iterator()).next());
        });
        assertEquals(median(values), medians[0]);
        assertEquals(median(second), medians[1]);
    }

    private static double median(List<Double> values) {
        double[] sorted = values.stream().mapToDouble(Double::doubleValue).toArray();
        Arrays.sort(sorted);
        return (sorted[(sorted.length - 1) / 2] + sorted[sorted.length / 2]) / 2;
    }
}

package dev.lockstep.optim.update;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class SquaresPropertyTest {
    private static final float[] BAD = {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY};
    private static final float[] ODD = {0f, -0f, Float.MIN_VALUE, -Float.MAX_VALUE, Float.MAX_VALUE};

    /** At every place within the run a bad value counts, and outside of it none does. */
    @Property
    void areFiniteIfAndOnlyIfAllValuesAre(
            @ForAll @IntRange(max = 2) int kind,
            @ForAll @IntRange(max = 30) int start,
            @ForAll @IntRange(min = 1, max = 5000) int count,
            @ForAll @IntRange(max = 5100) int place) {
        float[] values = new float[5100];
        Random random = new Random(place);
        for (int i = 0; i < values.length; i++) {
            values[i] = i % 3 == 0 ? ODD[random.nextInt(ODD.length)] : (float) random.nextGaussian();
        }

        assertTrue(Double.isFinite(Squares.of(values, start, start + count)));
        int bad = Math.min(place, values.length - 1);
        values[bad] = BAD[kind];
        boolean outside = bad < start || bad >= start + count;
        assertEquals(outside, Double.isFinite(Squares.of(values, start, start + count)));
    }

    /** From gradients whose squares no float can hold to those whose squares are 0 in float. */
    @Property
    void areThoseThatDoublesAddUpTo(
            @ForAll @IntRange(max = 30) int start,
            @ForAll @IntRange(min = 1, max = 20_000) int count,
            @ForAll @IntRange(min = -37, max = 37) int decade) {
        float[] values = new float[start + count];
        Random random = new Random(count);
        double expected = 0;
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) (random.nextGaussian() * Math.pow(10, decade));
            expected += i < start ? 0 : (double) values[i] * values[i];
        }

        double squares = Squares.of(values, start, start + count);
        assertFalse(expected == 0 && squares > 0, "of nothing there are no squares");
        assertEquals(expected, squares, 1e-6 * expected);
    }
}

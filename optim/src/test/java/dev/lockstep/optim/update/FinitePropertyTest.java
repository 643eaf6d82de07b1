package dev.lockstep.optim.update;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class FinitePropertyTest {
    private static final float[] BAD = {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY};
    private static final float[] ODD = {0f, -0f, Float.MIN_VALUE, -Float.MAX_VALUE, Float.MAX_VALUE};

    /** At every place within the run a bad value counts, and outside of it none does. */
    @Property
    void oneBadValueIsFoundWhereverItIs(
            @ForAll @IntRange(max = 2) int kind,
            @ForAll @IntRange(max = 30) int start,
            @ForAll @IntRange(min = 1, max = 2500) int count,
            @ForAll @IntRange(max = 2600) int place) {
        float[] values = new float[2600];
        Random random = new Random(place);
        for (int i = 0; i < values.length; i++) {
            values[i] = i % 3 == 0 ? ODD[random.nextInt(ODD.length)] : (float) random.nextGaussian();
        }

        assertTrue(Finite.holds(values, start, start + count));
        int bad = Math.min(place, values.length - 1);
        values[bad] = BAD[kind];
        boolean outside = bad < start || bad >= start + count;
        assertEquals(outside, Finite.holds(values, start, start + count));
    }
}

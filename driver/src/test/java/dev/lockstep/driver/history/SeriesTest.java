package dev.lockstep.driver.history;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class SeriesTest {
    private static final long ALL = Long.MAX_VALUE;

    private static Series of(double... values) {
        Series series = new Series();
        for (int i = 0; i < values.length; i++) {
            boolean unused = series.add(i + 1, values[i]);
        }
        return series;
    }

    @Test
    void keepsWhatFits() {
        Points points = of(3, 1, 2).points(0, ALL, 10);
        assertArrayEquals(new long[] {1, 2, 3}, points.step());
        assertArrayEquals(new double[] {3, 1, 2}, points.mean());
        assertArrayEquals(points.mean(), points.low());
        assertArrayEquals(points.mean(), points.high());
    }

    @Test
    void foldsNeighboursIntoTheirMeanAndTheirBounds() {
        Series series = of(1, 3, 5, 9, 4);
        series.limit(3);
        Points points = series.points(0, ALL, 10);
        assertArrayEquals(new long[] {2, 4, 5}, points.step());
        assertArrayEquals(new double[] {2, 7, 4}, points.mean());
        assertArrayEquals(new double[] {1, 5, 4}, points.low());
        assertArrayEquals(new double[] {3, 9, 4}, points.high());
    }

    @Test
    void fillsTheLastPointBeforeItOpensAnother() {
        Series series = of(1, 3, 5);
        series.limit(2);
        assertEquals(false, series.add(4, 7));
        assertEquals(true, series.add(5, 100));
        assertArrayEquals(new double[] {2, 6, 100}, series.points(0, ALL, 10).mean());
    }

    @Test
    void aSpikeIsInTheBoundsHoweverFarItIsFolded() {
        Series series = new Series();
        for (int step = 1; step <= 100_000; step++) {
            boolean unused = series.add(step, step == 54_321 ? 1000 : 1);
            series.limit(1024);
        }
        assertTrue(series.size() <= 1024);
        Points points = series.points(0, ALL, 50);
        assertTrue(points.count() <= 51, "points=" + points.count());
        double highest = 0;
        double sum = 0;
        for (int i = 0; i < points.count(); i++) {
            highest = Math.max(highest, points.high()[i]);
            sum += points.mean()[i] / points.count();
        }
        assertEquals(1000, highest);
        assertEquals(1.01, sum, 0.005);
    }

    @Test
    void whatIsNotFiniteCountsForNothingAndLeavesAGapWhereNothingElseIs() {
        Series series = of(1, Double.NaN, Double.POSITIVE_INFINITY, Double.NaN, 5, 7);
        assertArrayEquals(
                new double[] {1, Double.NaN, Double.NaN, Double.NaN, 5, 7},
                series.points(0, ALL, 10).mean());
        series.limit(3);
        assertArrayEquals(
                new double[] {1, Double.NaN, 6}, series.points(0, ALL, 10).mean());
    }

    @Test
    void showsAWindowWithANeighbourOnEitherSide() {
        Points points = of(10, 11, 12, 13, 14, 15, 16, 17).points(3, 5, 10);
        assertArrayEquals(new long[] {2, 3, 4, 5, 6}, points.step());
    }

    @Test
    void groupsAWindowAlikeWhereverItBegins() {
        Series series = new Series();
        for (int step = 1; step <= 1000; step++) {
            boolean unused = series.add(step, step);
        }
        double[] before = series.points(200, 900, 100).mean();
        double[] after = series.points(209, 900, 100).mean();
        assertEquals(before[before.length - 1], after[after.length - 1]);
        assertEquals(before[5], after[4]);
    }

    @Test
    void aWindowWithoutPointsIsEmptyOrItsNeighbours() {
        assertEquals(0, new Series().points(0, ALL, 10).count());
        assertEquals(1, of(1, 2, 3).points(100, 200, 10).count());
    }
}

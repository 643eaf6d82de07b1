package dev.lockstep.driver.search;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lockstep.driver.JobFileException;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SearchSpaceTest {
    private static List<Map<String, String>> points(List<String> grid, List<String> random, int draws) {
        return SearchSpace.of(grid, random, draws, 7).points();
    }

    @Test
    void aGridHasEveryCombination() {
        assertEquals(
                List.of(
                        Map.of("a.b", "1", "c", "x"),
                        Map.of("a.b", "1", "c", "[y, z]"),
                        Map.of("a.b", "1e-2", "c", "x"),
                        Map.of("a.b", "1e-2", "c", "[y, z]")),
                points(List.of("a.b=1, 1e-2", "c=x,[y, z]"), List.of(), 10));
    }

    @Test
    void eachPointOfTheGridHasItsDraws() {
        List<Map<String, String>> points = points(List.of("a=1,2"), List.of("b=0..1.0"), 3);
        assertEquals(
                List.of("1", "1", "1", "2", "2", "2"),
                points.stream().map(point -> point.get("a")).toList());
        assertEquals(6, points.stream().map(point -> point.get("b")).distinct().count());
    }

    @Test
    void theSameSeedDrawsTheSame() {
        List<String> axes = List.of("a=log:1e-5..1e-1", "b=1..100", "c=x,y");
        assertEquals(points(List.of(), axes, 20), points(List.of(), axes, 20));
        assertTrue(!points(List.of(), axes, 20)
                .equals(SearchSpace.of(List.of(), axes, 20, 8).points()));
    }

    @Test
    void logarithmsAreEvenlySpread() {
        List<Double> drawn = points(List.of(), List.of("a=log:1e-4..1"), 4000).stream()
                .map(point -> Double.valueOf(point.get("a")))
                .toList();
        for (double bound = 1e-4; bound < 0.5; bound *= 10) {
            double from = bound;
            long count = drawn.stream()
                    .filter(value -> value >= from && value < 10 * from)
                    .count();
            assertEquals(1000, count, 130, "from " + from);
        }
    }

    @Test
    void betweenWholeBoundsNumbersAreWholeAndEachAsLikely() {
        Map<String, Long> counts = points(List.of(), List.of("a=3..6"), 4000).stream()
                .collect(Collectors.groupingBy(point -> point.get("a"), Collectors.counting()));
        assertEquals(
                List.of("3", "4", "5", "6"), counts.keySet().stream().sorted().toList());
        counts.forEach((value, count) -> assertEquals(1000, count, 130, value));
        points(List.of(), List.of("a=log:16..256"), 100)
                .forEach(point -> assertTrue(Integer.parseInt(point.get("a")) >= 16));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "a      |        | An axis must have the form KEY=VALUE,VALUE,...: axis=a",
                "a=     |        | An axis must have the form KEY=VALUE,VALUE,...: axis=a=",
                "a=1,,2 |        | An axis must have the form KEY=VALUE,VALUE,...: axis=a=1,,2",
                "a=1    | a=2    | A key must be on one axis: key=a",
                "a=1    | b=2..1 | A range must rise: axis=b=2..1",
                "a=1    | b=log:0..1 | A range must rise, from above 0: axis=b=log:0..1",
                "a=1    | b=1.2.3..4 | A bound must be a number: bound=1.2.3, axis=b=1.2.3..4",
            })
    void whatIsNoAxisIsRefused(String grid, String random, String message) {
        List<String> draws = random == null ? List.of() : List.of(random);
        assertEquals(
                message,
                assertThrows(JobFileException.class, () -> points(List.of(grid), draws, 1))
                        .getMessage());
    }

    @Test
    void aSearchOfNothingOrOfTooMuchIsRefused() {
        assertThrows(JobFileException.class, () -> points(List.of(), List.of(), 1));
        assertThrows(JobFileException.class, () -> points(List.of("a=1"), List.of("b=1,2"), 0));
        String message = assertThrows(JobFileException.class, () -> points(List.of("a=1,2"), List.of("b=1,2"), 5001))
                .getMessage();
        assertEquals("A search must have at most 10000 trials: trials=10002", message);
    }
}

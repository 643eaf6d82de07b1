package dev.lockstep.driver.data.digits;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class GlyphsTest {
    @Test
    void everyHabitIsStrokesInsideTheBox() {
        for (int digit = 0; digit < 10; digit++) {
            assertTrue(Glyphs.habits(digit) > 1);
            for (int habit = 0; habit < Glyphs.habits(digit); habit++) {
                for (List<Point> stroke : Glyphs.strokes(digit, habit)) {
                    assertTrue(stroke.size() > 1);
                    assertTrue(stroke.stream().allMatch(p -> p.x() >= 0 && p.x() <= 1 && p.y() >= 0 && p.y() <= 1));
                }
            }
        }
    }

    @Test
    void curvesPassThroughTheirPoints() {
        List<Point> points = List.of(new Point(0, 0), new Point(1, 3), new Point(4, 1));
        List<Point> curve = Curve.through(points);
        assertTrue(curve.containsAll(points));
        assertTrue(curve.size() == 17, "size=" + curve.size());
    }
}

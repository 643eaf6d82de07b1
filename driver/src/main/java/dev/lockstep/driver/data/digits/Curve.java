package dev.lockstep.driver.data.digits;

import java.util.ArrayList;
import java.util.List;

/**
 * A smooth line through given points: the uniform spline of Catmull and Rom (1974).
 *
 * <pre>
 *   p(t) = ½ (2b + (c − a)t + (2a − 5b + 4c − d)t² + (3b − a − 3c + d)t³)     from b to c, a and d the neighbours
 * </pre>
 */
final class Curve {
    private static final int STEPS = 8;

    private Curve() {}

    /** Eight short straight pieces between each two points. */
    static List<Point> through(List<Point> points) {
        List<Point> line = new ArrayList<>();
        line.add(points.get(0));
        for (int i = 0; i + 1 < points.size(); i++) {
            Point a = points.get(Math.max(i - 1, 0));
            Point b = points.get(i);
            Point c = points.get(i + 1);
            Point d = points.get(Math.min(i + 2, points.size() - 1));
            for (int step = 1; step <= STEPS; step++) {
                double t = (double) step / STEPS;
                line.add(new Point(at(a.x(), b.x(), c.x(), d.x(), t), at(a.y(), b.y(), c.y(), d.y(), t)));
            }
        }

        return line;
    }

    private static double at(double a, double b, double c, double d, double t) {
        return 0.5 * (2 * b + t * (c - a + t * (2 * a - 5 * b + 4 * c - d + t * (3 * b - a - 3 * c + d))));
    }
}

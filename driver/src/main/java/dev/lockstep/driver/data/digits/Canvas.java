package dev.lockstep.driver.data.digits;

import java.util.Random;

/** A square of pixels that takes ink. Not thread-safe. */
final class Canvas {
    /** Ink fades from full to none over this many pixels at a line's edge. */
    private static final double SOFT_EDGE = 1.1;

    private final int side;
    private final double[] ink;

    Canvas(int side) {
        this.side = side;
        this.ink = new double[side * side];
    }

    int side() {
        return side;
    }

    /** A straight line with round ends. Ink does not add up: where lines cross, the darker one counts. */
    void line(Point from, Point to, double radius) {
        double reach = radius + SOFT_EDGE / 2;
        int left = (int) Math.max(0, Math.min(from.x(), to.x()) - reach);
        int right = (int) Math.min(side - 1, Math.max(from.x(), to.x()) + reach);
        int top = (int) Math.max(0, Math.min(from.y(), to.y()) - reach);
        int bottom = (int) Math.min(side - 1, Math.max(from.y(), to.y()) + reach);

        for (int y = top; y <= bottom; y++) {
            for (int x = left; x <= right; x++) {
                double edge = (reach - distance(x + 0.5, y + 0.5, from, to)) / SOFT_EDGE;
                double amount = Math.max(0, Math.min(1, edge));
                ink[y * side + x] = Math.max(ink[y * side + x], amount);
            }
        }
    }

    /** What a scanner makes of it: slightly out of focus, not quite evenly lit, with noise in every pixel. */
    byte[] bytes(Random random) {
        double blur = 0.18 * random.nextDouble();
        double strength = 185 + 70 * random.nextDouble();
        double paper = 12 * random.nextDouble();
        double noise = 3 + 10 * random.nextDouble();
        byte[] bytes = new byte[ink.length];
        for (int y = 0; y < side; y++) {
            for (int x = 0; x < side; x++) {
                double light = paper + strength * blurred(x, y, blur) + noise * random.nextGaussian();
                bytes[y * side + x] = (byte) Math.max(0, Math.min(255, (int) light));
            }
        }

        return bytes;
    }

    /** Each of the four neighbours lends its share. */
    private double blurred(int x, int y, double share) {
        double neighbours = at(x - 1, y) + at(x + 1, y) + at(x, y - 1) + at(x, y + 1);
        return (1 - 4 * share) * at(x, y) + share * neighbours;
    }

    private double at(int x, int y) {
        return x < 0 || y < 0 || x >= side || y >= side ? 0 : ink[y * side + x];
    }

    private static double distance(double x, double y, Point from, Point to) {
        double dx = to.x() - from.x();
        double dy = to.y() - from.y();
        double squared = dx * dx + dy * dy;
        double along = squared == 0 ? 0 : ((x - from.x()) * dx + (y - from.y()) * dy) / squared;
        double t = Math.max(0, Math.min(1, along));
        double ex = x - from.x() - t * dx;
        double ey = y - from.y() - t * dy;
        return Math.sqrt(ex * ex + ey * ey);
    }
}

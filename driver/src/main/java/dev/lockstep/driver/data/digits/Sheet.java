package dev.lockstep.driver.data.digits;

import java.util.Random;

/**
 * How a writer's box lies on the canvas: size, slant, turn, place, and a slow wave that bends straight lines a little.
 *
 * <pre>
 *   (x, y) = centre + turn · slant · size · (u − ½, v − ½) + wave(v, u)
 * </pre>
 */
final class Sheet {
    private static final double BOX = 20;
    private static final double MOST_TURN = 0.35;
    private static final double MOST_SLANT = 0.5;

    private final double width;
    private final double height;
    private final double slant;
    private final double cosine;
    private final double sine;
    private final Point centre;
    private final double waveX;
    private final double waveY;
    private final double phaseX;
    private final double phaseY;

    Sheet(Random random, int side) {
        this.width = BOX * (0.72 + 0.38 * random.nextDouble());
        this.height = BOX * (0.82 + 0.28 * random.nextDouble());
        this.slant = within(MOST_SLANT, 0.08 + 0.2 * random.nextGaussian());
        double turn = within(MOST_TURN, 0.12 * random.nextGaussian());
        this.cosine = StrictMath.cos(turn);
        this.sine = StrictMath.sin(turn);
        this.centre = new Point(side / 2.0, side / 2.0)
                .plus(4 * (random.nextDouble() - 0.5), 4 * (random.nextDouble() - 0.5));
        this.waveX = 0.6 * random.nextGaussian();
        this.waveY = 0.6 * random.nextGaussian();
        this.phaseX = 2 * Math.PI * random.nextDouble();
        this.phaseY = 2 * Math.PI * random.nextDouble();
    }

    Point place(Point p) {
        double x = width * (p.x() - 0.5) - slant * height * (p.y() - 0.5);
        double y = height * (p.y() - 0.5);
        return centre.plus(cosine * x - sine * y, sine * x + cosine * y)
                .plus(waveX * StrictMath.sin(5 * p.y() + phaseX), waveY * StrictMath.sin(5 * p.x() + phaseY));
    }

    private static double within(double most, double value) {
        return Math.max(-most, Math.min(most, value));
    }
}

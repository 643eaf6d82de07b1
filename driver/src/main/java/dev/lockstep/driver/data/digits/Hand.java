package dev.lockstep.driver.data.digits;

import java.util.List;
import java.util.Random;

/** One person in one mood: writes a digit with a random habit, pen and care. */
final class Hand {
    private static final double TREMOR = 0.027;
    private static final double STRAY_MARKS = 0.12;

    private final Random random;
    private final double radius;
    private final double swell;

    Hand(Random random) {
        this.random = random;
        this.radius = 0.7 + 0.9 * random.nextDouble();
        this.swell = 0.3 * random.nextDouble();
    }

    void write(int digit, Canvas canvas) {
        Sheet sheet = new Sheet(random, canvas.side());
        int habit = random.nextInt(Glyphs.habits(digit));
        for (List<Point> stroke : Glyphs.strokes(digit, habit)) {
            draw(
                    Curve.through(
                            stroke.stream().map(this::tremble).map(sheet::place).toList()),
                    canvas);
        }

        if (random.nextDouble() < STRAY_MARKS) {
            Point mark = new Point(canvas.side() * random.nextDouble(), canvas.side() * random.nextDouble());
            draw(List.of(mark, mark.plus(2 * random.nextGaussian(), 2 * random.nextGaussian())), canvas);
        }
    }

    private Point tremble(Point p) {
        return p.plus(TREMOR * random.nextGaussian(), TREMOR * random.nextGaussian());
    }

    /** The pen is pressed harder in some places than in others. */
    private void draw(List<Point> line, Canvas canvas) {
        double phase = 2 * Math.PI * random.nextDouble();
        for (int i = 0; i + 1 < line.size(); i++) {
            double pressure = 1 + swell * StrictMath.sin(phase + 0.25 * i);
            canvas.line(line.get(i), line.get(i + 1), radius * pressure);
        }
    }
}

package dev.lockstep.driver.check;

import dev.lockstep.driver.signal.Band;
import dev.lockstep.driver.signal.Verdict;
import java.util.List;
import java.util.Locale;

/**
 * Deviations over layers on a logarithmic scale, with the band behind them. What is off the scale, and what is 0 or not
 * finite, lies on its edge.
 *
 * @param top of the panel in the picture
 */
record LogPanel(double top, double left, double right) {
    static final double HEIGHT = 220;

    private static final int LOWEST = -9;
    private static final int HIGHEST = 5;
    private static final int LABELLED = 3;

    /**
     * One point.
     *
     * @param place from the left
     */
    record Point(double place, String layer, double deviation, Verdict verdict) {}

    void draw(Svg svg, String title, List<Point> points) {
        svg.text(left, top - 10, "font-weight='bold'", title);
        double high = y(Band.HIGH);
        svg.rectangle(left, high, right - left, y(Band.LOW) - high, Palette.BAND);
        for (int power = LOWEST; power <= HIGHEST; power++) {
            double y = y(Math.pow(10, power));
            svg.segment(left, y, right, y, Palette.GRID);
            if (power % LABELLED == 0) {
                svg.text(
                        left - 8,
                        y + 4,
                        "text-anchor='end' fill='" + Palette.FAINT + "'",
                        power == 0 ? "1" : "1e" + power);
            }
        }

        StringBuilder curve = new StringBuilder();
        for (Point point : points) {
            curve.append(Svg.pixels(point.place()))
                    .append(',')
                    .append(Svg.pixels(y(point.deviation())))
                    .append(' ');
        }
        svg.curve(curve.toString().strip(), Palette.CURVE);
        for (Point point : points) {
            svg.disc(point.place(), y(point.deviation()), 5, Palette.of(point.verdict()), about(point));
        }
    }

    private static String about(Point point) {
        return String.format(Locale.ROOT, "%s: %.3g, %s", point.layer(), point.deviation(), point.verdict());
    }

    private double y(double deviation) {
        double power = deviation > 0 ? Math.log10(deviation) : LOWEST;
        double shown = Double.isFinite(deviation) ? Math.max(LOWEST, Math.min(HIGHEST, power)) : HIGHEST;
        return top + HEIGHT * (HIGHEST - shown) / (HIGHEST - LOWEST);
    }
}

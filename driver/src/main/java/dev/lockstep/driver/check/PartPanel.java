package dev.lockstep.driver.check;

import dev.lockstep.driver.signal.LayerSignal;
import dev.lockstep.driver.signal.Verdict;
import java.util.List;

/** Which part of each layer's values are saturated, and of its units dead, as pairs of bars. */
record PartPanel(double top, double left, double right, List<Double> places) {
    static final double HEIGHT = 70;

    private static final double BAR = 7;

    void draw(Svg svg, List<LayerSignal> layers) {
        svg.text(left, top - 10, "font-weight='bold'", "Saturated values and dead units");
        for (int percent = 0; percent <= 100; percent += 50) {
            double y = top + HEIGHT * (1 - percent / 100.0);
            svg.segment(left, y, right, y, Palette.GRID);
            svg.text(left - 8, y + 4, "text-anchor='end' fill='" + Palette.FAINT + "'", percent + " %");
        }
        for (int i = 0; i < layers.size(); i++) {
            bar(svg, places.get(i) - BAR, layers.get(i).figures().saturated(), Verdict.SATURATED);
            bar(svg, places.get(i), layers.get(i).figures().dead(), Verdict.DEAD);
        }
    }

    private void bar(Svg svg, double x, double part, Verdict verdict) {
        if (part > 0) {
            svg.rectangle(x, top + HEIGHT * (1 - part), BAR, HEIGHT * part, Palette.of(verdict));
        }
    }
}

package dev.lockstep.driver.check;

import dev.lockstep.driver.signal.LayerSignal;
import dev.lockstep.driver.signal.Verdict;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** A report as a picture: signals forwards and backwards, layer by layer from the left, against the band. */
public final class CheckPicture {
    private static final double LEFT = 74;
    private static final double MARGIN = 30;
    private static final double LEAST_WIDTH = 620;
    private static final double PER_LAYER = 34;
    private static final double FORWARDS = 126;
    private static final double BACKWARDS = FORWARDS + LogPanel.HEIGHT + 44;
    private static final double PARTS = BACKWARDS + LogPanel.HEIGHT + 44;
    private static final double NAMES = PARTS + PartPanel.HEIGHT + 18;
    private static final double PER_LETTER = 4.8;

    private final CheckReport report;
    private final List<LayerSignal> layers;
    private final double right;
    private final List<Double> places = new ArrayList<>();

    private CheckPicture(CheckReport report) {
        this.report = report;
        this.layers = report.signals().layers();
        double width = Math.max(LEAST_WIDTH, layers.size() * PER_LAYER);
        this.right = LEFT + width;
        for (int i = 0; i < layers.size(); i++) {
            places.add(LEFT + width * (i + 0.5) / layers.size());
        }
    }

    /** The picture as SVG. */
    public static String svg(CheckReport report) {
        return new CheckPicture(report).drawn();
    }

    private String drawn() {
        int longest =
                layers.stream().mapToInt(layer -> layer.layer().length()).max().orElse(0);
        Svg svg = new Svg(right + MARGIN, NAMES + longest * PER_LETTER + MARGIN);
        head(svg);
        panel(FORWARDS).draw(svg, "Forwards: standard deviation of activations", forwards());
        panel(BACKWARDS).draw(svg, "Backwards: standard deviation of gradients", backwards());
        new PartPanel(PARTS, LEFT, right, Collections.unmodifiableList(places)).draw(svg, layers);
        for (int i = 0; i < layers.size(); i++) {
            svg.slanted(places.get(i) + 4, NAMES, layers.get(i).layer());
        }
        return svg.toString();
    }

    private LogPanel panel(double top) {
        return new LogPanel(top, LEFT, right);
    }

    private void head(Svg svg) {
        svg.text(LEFT, 34, "font-size='18' font-weight='bold'", report.name() + ": signals at the first step");
        svg.text(
                LEFT,
                56,
                "fill='" + Palette.FAINT + "'",
                "Forwards " + report.signals().forwards() + ", backwards "
                        + report.signals().backwards() + ". Gradient "
                        + report.gradients().summary() + ".");
        double x = LEFT + 5;
        for (Verdict verdict : Verdict.values()) {
            svg.disc(x, 78, 5, Palette.of(verdict), verdict.toString());
            svg.text(x + 10, 82, "", verdict.toString());
            x += 90;
        }
        svg.rectangle(x - 5, 72, 16, 12, Palette.BAND);
        svg.text(x + 16, 82, "", "1e-6 to 1e3");
    }

    private List<LogPanel.Point> forwards() {
        List<LogPanel.Point> points = new ArrayList<>();
        for (int i = 0; i < layers.size(); i++) {
            LayerSignal layer = layers.get(i);
            points.add(new LogPanel.Point(
                    places.get(i), layer.layer(), layer.figures().activation(), layer.forwards()));
        }
        return points;
    }

    private List<LogPanel.Point> backwards() {
        List<LogPanel.Point> points = new ArrayList<>();
        for (int i = 0; i < layers.size(); i++) {
            LayerSignal layer = layers.get(i);
            if (layer.backwards() != null) {
                points.add(new LogPanel.Point(
                        places.get(i), layer.layer(), layer.figures().gradient(), layer.backwards()));
            }
        }
        return points;
    }
}

package dev.lockstep.deploy.plot;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lockstep.driver.DataException;
import dev.lockstep.driver.history.Points;
import dev.lockstep.driver.history.RunHistory;
import dev.lockstep.driver.signal.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.knowm.xchart.CategoryChart;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.internal.chartpart.Chart;

/**
 * A run as a picture: loss, metrics, learning rate, the gradient's norm, speed, and where it is monitored the signals
 * in its layers.
 */
public final class RunPicture {
    private static final String VALIDATION = "validation.";
    private static final int MOST_POINTS = 800;

    private final RunHistory history;

    private RunPicture(RunHistory history) {
        this.history = history;
    }

    /**
     * Draws a run as a PNG file.
     *
     * @throws DataException where the run has no figures yet, or this Java cannot draw
     */
    public static byte[] png(RunHistory history) {
        return Sheet.png(() -> new RunPicture(history).sheet());
    }

    private Sheet sheet() {
        List<Chart<?, ?>> panels = Stream.<Chart<?, ?>>of(
                        loss(),
                        metrics("Metrics", name -> isShare(name)),
                        metrics("Errors", name -> !isShare(name)),
                        figure("Learning rate", "lr"),
                        norm(),
                        figure("Examples per second", "examples_per_second"),
                        signals("Spread of activations at step ", "activation", "forwards"),
                        signals("Spread of gradients at step ", "gradient", "backwards"))
                .filter(panel -> panel != null && !panel.getSeriesMap().isEmpty())
                .toList();
        if (panels.isEmpty()) {
            throw new DataException("There are no figures to draw yet: folder=" + history.folder());
        }
        String name =
                history.facts().start().path("name").asText(history.folder().getName());
        return new Sheet(name, RunText.head(history), panels, /* columns */ 2);
    }

    private XYChart loss() {
        XYChart chart = Panels.of("Loss", "step", Panels.WIDTH);
        Panels.line(chart, "step", points("loss"), Colours.PALE);
        Panels.line(chart, "training", points("train.loss"), Colours.BLUE);
        Panels.line(chart, "validation", points("validation.loss"), Colours.ORANGE);
        Panels.scale(chart);
        return chart;
    }

    private XYChart figure(String title, String name) {
        XYChart chart = alone(title, name);
        chart.getStyler().setYAxisMin(0.0);
        return chart;
    }

    private XYChart norm() {
        XYChart chart = alone("Norm of the gradient", "gradient_norm");
        Panels.scale(chart);
        return chart;
    }

    private XYChart alone(String title, String name) {
        XYChart chart = Panels.of(title, "step", Panels.WIDTH);
        Panels.line(chart, name, points(name), Colours.BLUE);
        chart.getStyler().setLegendVisible(false);
        return chart;
    }

    private XYChart metrics(String title, Predicate<String> wanted) {
        XYChart chart = Panels.of(title, "step", Panels.WIDTH);
        List<String> names = history.names().stream()
                .filter(name -> name.startsWith(VALIDATION) && !name.equals("validation.loss"))
                .filter(wanted)
                .sorted()
                .toList();
        for (int i = 0; i < names.size(); i++) {
            String shown = names.get(i).substring(VALIDATION.length());
            Panels.line(chart, shown, points(names.get(i)), Colours.LINES.get(i % Colours.LINES.size()));
        }
        return chart;
    }

    /** Whether a figure stays within -1 and 1, as an accuracy does: those of one size are drawn together. */
    private boolean isShare(String name) {
        Points points = points(name);
        for (int i = 0; i < points.count(); i++) {
            if (Math.abs(points.mean()[i]) > 1) {
                return false;
            }
        }
        return true;
    }

    /** Those of the newest line of the monitor; null where there is none. */
    private CategoryChart signals(String title, String figure, String verdict) {
        JsonNode monitor = history.facts().monitor();
        if (monitor.isMissingNode()) {
            return null;
        }
        List<String> layers = new ArrayList<>();
        List<SignalPanel.Point> points = new ArrayList<>();
        for (JsonNode layer : monitor.path("layers")) {
            String name = layer.path("layer").asText();
            layers.add(name);
            // A figure that is not finite is a text.
            points.add(
                    layer.has(figure)
                            ? new SignalPanel.Point(
                                    name,
                                    layer.path(figure).asDouble(Double.NaN),
                                    Verdict.valueOf(layer.path(verdict).asText().toUpperCase(Locale.ROOT)))
                            : null);
        }
        return SignalPanel.of(title + monitor.path("step").asLong(), layers, points, Panels.WIDTH);
    }

    private Points points(String name) {
        return history.points(name, 0, Long.MAX_VALUE, MOST_POINTS);
    }
}

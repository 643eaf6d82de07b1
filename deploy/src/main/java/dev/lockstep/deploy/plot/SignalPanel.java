package dev.lockstep.deploy.plot;

import dev.lockstep.driver.signal.Band;
import dev.lockstep.driver.signal.Verdict;
import java.awt.Color;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;
import org.knowm.xchart.CategoryChart;
import org.knowm.xchart.CategoryChartBuilder;
import org.knowm.xchart.CategorySeries;
import org.knowm.xchart.CategorySeries.CategorySeriesRenderStyle;
import org.knowm.xchart.style.markers.Marker;
import org.knowm.xchart.style.markers.SeriesMarkers;

/**
 * Deviations from layer to layer, by decades, between the lines of the band. What is off the scale, and what is 0 or
 * not finite, lies on its edge.
 */
final class SignalPanel {
    private static final double LOWEST = 1e-9;
    private static final double HIGHEST = 1e5;
    private static final int PER_LAYER = 34;
    private static final int PER_LABEL = 20;

    private SignalPanel() {}

    /** A layer's deviation and what it means. */
    record Point(String layer, double deviation, Verdict verdict) {}

    /** @param points those of all layers, in order; null for one that has none */
    static CategoryChart of(String title, List<String> layers, List<Point> points, int width) {
        CategoryChart chart = byLayer(title, width);
        var styler = chart.getStyler();
        styler.setYAxisLogarithmic(true);
        styler.setYAxisLogarithmicDecadeOnly(true);
        styler.setYAxisMin(LOWEST);
        styler.setYAxisMax(HIGHEST);
        styler.setMarkerSize(9);
        styler.setOverlapped(true);
        // Between decades there are nine lines, which would be all that one sees.
        styler.setPlotGridLinesVisible(false);
        add(chart, "1e3", layers, Collections.nCopies(layers.size(), Band.HIGH), Colours.BAND, SeriesMarkers.NONE);
        add(chart, "1e-6", layers, Collections.nCopies(layers.size(), Band.LOW), Colours.BAND, SeriesMarkers.NONE);
        add(chart, "layers", layers, values(points, point -> true), Colours.PALE, SeriesMarkers.NONE);
        for (Verdict verdict : Verdict.values()) {
            List<Double> values = values(points, point -> point.verdict() == verdict);
            if (values.stream().anyMatch(Objects::nonNull)) {
                dots(chart, verdict, layers, values);
            }
        }
        return chart;
    }

    /** An empty panel with a place for each layer's name. */
    static CategoryChart byLayer(String title, int width) {
        CategoryChart chart = new CategoryChartBuilder()
                .width(width)
                .height(Panels.HEIGHT)
                .title(title)
                .build();
        Panels.style(chart.getStyler());
        chart.getStyler().setXAxisLabelRotation(45);
        chart.getStyler().setXAxisMaxLabelCount(width / PER_LABEL);
        return chart;
    }

    static int width(int layers) {
        return Math.max(Panels.WIDTH, layers * PER_LAYER);
    }

    private static void dots(CategoryChart chart, Verdict verdict, List<String> layers, List<Double> values) {
        Color colour = Colours.of(verdict);
        CategorySeries dots = add(chart, verdict.toString(), layers, values, colour, SeriesMarkers.CIRCLE);
        dots.setChartCategorySeriesRenderStyle(CategorySeriesRenderStyle.Scatter);
        dots.setShowInLegend(true);
    }

    private static CategorySeries add(
            CategoryChart chart, String name, List<String> layers, List<Double> values, Color colour, Marker marker) {
        CategorySeries series = chart.addSeries(name, layers, values);
        series.setChartCategorySeriesRenderStyle(CategorySeriesRenderStyle.Line);
        series.setLineColor(colour);
        series.setLineWidth(1.8f);
        series.setMarkerColor(colour);
        series.setMarker(marker);
        series.setShowInLegend(false);
        return series;
    }

    /** Null where a point is not wanted. */
    private static List<Double> values(List<Point> points, Predicate<Point> wanted) {
        List<Double> values = new ArrayList<>();
        for (Point point : points) {
            values.add(point != null && wanted.test(point) ? shown(point.deviation()) : null);
        }
        return values;
    }

    private static double shown(double deviation) {
        return Double.isFinite(deviation) ? Math.max(LOWEST, Math.min(HIGHEST, deviation)) : HIGHEST;
    }
}

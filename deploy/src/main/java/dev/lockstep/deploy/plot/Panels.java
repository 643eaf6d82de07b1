package dev.lockstep.deploy.plot;

import dev.lockstep.driver.history.Points;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.AxesChartStyler;
import org.knowm.xchart.style.Styler.LegendLayout;
import org.knowm.xchart.style.Styler.LegendPosition;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** The parts of a picture, which all look alike. */
final class Panels {
    static final int WIDTH = 620;
    static final int HEIGHT = 380;

    private static final float LINE = 1.8f;
    private static final double DECADES = 50;

    private Panels() {}

    /** A panel without lines. */
    static XYChart of(String title, String across, int width) {
        XYChart chart = new XYChartBuilder()
                .width(width)
                .height(HEIGHT)
                .title(title)
                .xAxisTitle(across)
                .build();
        style(chart.getStyler());
        chart.getStyler().setMarkerSize(5);
        chart.getStyler().setYAxisDecimalPattern("#,##0.########");
        return chart;
    }

    static void style(AxesChartStyler styler) {
        Font font = font(Font.PLAIN, 12);
        styler.setLocale(Locale.ROOT);
        styler.setChartBackgroundColor(Color.WHITE);
        styler.setPlotBackgroundColor(Color.WHITE);
        styler.setPlotBorderVisible(false);
        styler.setPlotGridLinesColor(Colours.GRID);
        styler.setPlotGridLinesStroke(new BasicStroke(1));
        styler.setPlotGridVerticalLinesVisible(false);
        styler.setAxisTickMarksColor(Colours.PALE);
        styler.setAxisTickLabelsColor(Colours.FAINT);
        styler.setAxisTickLabelsFont(font);
        styler.setAxisTitleFont(font);
        styler.setChartFontColor(Colours.INK);
        styler.setChartTitleFont(font(Font.BOLD, 14));
        styler.setChartTitleBoxVisible(false);
        styler.setLegendFont(font);
        styler.setLegendBorderColor(Color.WHITE);
        styler.setLegendBackgroundColor(Color.WHITE);
        styler.setLegendPosition(LegendPosition.OutsideS);
        styler.setLegendLayout(LegendLayout.Horizontal);
        styler.setXAxisTitleColor(Colours.FAINT);
        styler.setAntiAlias(true);
        styler.setToolTipsEnabled(false);
    }

    static Font font(int style, int size) {
        return new Font(Font.SANS_SERIF, style, size);
    }

    /** Adds a line. Without a finite value there is none; a value that is not finite leaves a gap. */
    static void line(XYChart chart, String name, Points points, Color colour) {
        double[] values = IntStream.rangeClosed(0, points.count())
                .mapToDouble(at ->
                        at < points.count() && Double.isFinite(points.mean()[at]) ? points.mean()[at] : Double.NaN)
                .toArray();
        if (Arrays.stream(values).allMatch(Double::isNaN)) {
            return;
        }
        XYSeries series = chart.addSeries(name, places(points.step()), values);
        series.setLineColor(colour);
        series.setLineWidth(LINE);
        series.setMarkerColor(colour);
        series.setMarker(points.count() == 1 ? SeriesMarkers.CIRCLE : SeriesMarkers.NONE);
    }

    /**
     * The steps, and one place behind them for no value: the library marks those that are equally far apart, as 1, 13
     * and 25, and round numbers where they are not.
     */
    private static double[] places(long[] steps) {
        double behind = steps[steps.length - 1] + 0.25;
        return DoubleStream.concat(Arrays.stream(steps).asDoubleStream(), DoubleStream.of(behind))
                .toArray();
    }

    /** By decades, where values are so far apart that the smaller ones would lie on the axis. */
    static void scale(XYChart chart) {
        double[] values = chart.getSeriesMap().values().stream()
                .flatMapToDouble(series -> Arrays.stream(series.getYData()))
                .filter(value -> !Double.isNaN(value))
                .toArray();
        double least = Arrays.stream(values).min().orElse(0);
        double most = Arrays.stream(values).max().orElse(0);
        if (least > 0 && most > DECADES * least) {
            chart.getStyler().setYAxisLogarithmic(true);
            chart.getStyler().setPlotGridLinesVisible(false);
        }
    }
}

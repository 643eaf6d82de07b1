package dev.lockstep.deploy.plot;

import dev.lockstep.driver.check.CheckReport;
import dev.lockstep.driver.signal.LayerSignal;
import dev.lockstep.driver.signal.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.knowm.xchart.CategoryChart;
import org.knowm.xchart.internal.chartpart.Chart;

/** A report as a picture: signals forwards and backwards, layer by layer from the left, against the band. */
public final class CheckPicture {
    private static final double PERCENT = 100;

    private CheckPicture() {}

    /** As a PNG file. */
    public static byte[] png(CheckReport report) {
        return Sheet.png(() -> sheet(report));
    }

    private static Sheet sheet(CheckReport report) {
        List<LayerSignal> layers = report.signals().layers();
        List<String> names = layers.stream().map(LayerSignal::layer).toList();
        List<SignalPanel.Point> forwards = new ArrayList<>();
        List<SignalPanel.Point> backwards = new ArrayList<>();
        for (LayerSignal layer : layers) {
            forwards.add(new SignalPanel.Point(layer.layer(), layer.figures().activation(), layer.forwards()));
            backwards.add(
                    layer.backwards() == null
                            ? null
                            : new SignalPanel.Point(
                                    layer.layer(), layer.figures().gradient(), layer.backwards()));
        }
        int width = SignalPanel.width(layers.size());
        List<Chart<?, ?>> panels = List.of(
                SignalPanel.of(
                        "Forwards: standard deviation of activations, sound between the lines", names, forwards, width),
                SignalPanel.of(
                        "Backwards: standard deviation of gradients, sound between the lines", names, backwards, width),
                parts(layers, names, width));
        String note = "Forwards " + report.signals().forwards() + ", backwards "
                + report.signals().backwards() + ". Gradient "
                + report.gradients().summary() + ".";
        return new Sheet(report.name() + ": signals at the first step", note, panels, /* columns */ 1);
    }

    /** Which part of each layer's values are saturated, and of its units dead. */
    private static CategoryChart parts(List<LayerSignal> layers, List<String> names, int width) {
        CategoryChart chart = SignalPanel.byLayer("Saturated values and dead units, in percent", width);
        chart.getStyler().setYAxisMin(0.0);
        chart.getStyler().setYAxisMax(PERCENT);
        chart.addSeries("saturated", names, percent(layers, layer -> layer.figures()
                        .saturated()))
                .setFillColor(Colours.of(Verdict.SATURATED));
        chart.addSeries("dead", names, percent(layers, layer -> layer.figures().dead()))
                .setFillColor(Colours.of(Verdict.DEAD));
        return chart;
    }

    private static List<Double> percent(List<LayerSignal> layers, ToDoubleFunction<LayerSignal> part) {
        return layers.stream()
                .map(part::applyAsDouble)
                .map(value -> Double.isNaN(value) ? 0 : PERCENT * value)
                .toList();
    }
}

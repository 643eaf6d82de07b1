package dev.lockstep.driver.check;

import dev.lockstep.driver.report.TextTable;
import dev.lockstep.driver.signal.LayerSignal;
import dev.lockstep.driver.signal.Verdict;
import dev.lockstep.worker.check.TensorCheck;
import dev.lockstep.worker.layerstats.LayerFigures;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A report for people to read, line by line. */
public final class CheckText {
    private CheckText() {}

    public static List<String> lines(CheckReport report) {
        List<String> lines = new ArrayList<>();
        lines.add(String.format(
                Locale.ROOT,
                "%s: first step of %s, %,d parameters",
                report.name(),
                count(report.examples(), "example"),
                report.parameters()));
        lines.add("");
        lines.addAll(signals(report));
        lines.add("");
        lines.addAll(Fp16Text.lines(report.signals().layers(), report.lossScale()));
        lines.add("");
        lines.addAll(gradients(report.gradients()));
        return lines;
    }

    private static List<String> signals(CheckReport report) {
        List<String> lines = new ArrayList<>();
        lines.add("Signals: standard deviation of what each layer hands on, and of the gradient of the loss by it");
        TextTable table =
                new TextTable(1, "layer", "activations", "forwards", "gradients", "backwards", "saturated", "dead");
        table.add("input", figure(report.input()), "", "", "", "", "");
        for (LayerSignal signal : report.signals().layers()) {
            LayerFigures figures = signal.figures();
            table.add(
                    signal.layer(),
                    figure(figures.activation()),
                    signal.forwards().toString(),
                    signal.backwards() == null ? "-" : figure(figures.gradient()),
                    signal.backwards() == null ? "-" : signal.backwards().toString(),
                    percent(figures.saturated()),
                    percent(figures.dead()));
        }
        lines.addAll(table.lines());
        lines.add(summary(
                "Forwards", report.signals().forwards(), report.signals().forwardFactor(), "before"));
        lines.add(summary(
                "Backwards", report.signals().backwards(), report.signals().backwardFactor(), "behind"));
        return lines;
    }

    private static String summary(String way, Verdict verdict, double factor, String from) {
        String trend = factor == 1
                ? ""
                : String.format(Locale.ROOT, ", %.2f times as strong at each layer as at the one %s it", factor, from);
        return way + ": " + verdict + trend + ".";
    }

    private static List<String> gradients(GradientReport report) {
        if (report.obstacle() != null) {
            return List.of("Gradient: not checked. " + report.obstacle());
        }

        List<String> lines = new ArrayList<>();
        lines.add(String.format(
                Locale.ROOT,
                "Gradient: against central differences in float64, %s, tolerance %.0e, values drawn by seed %d",
                count(report.examples(), "example"),
                report.tolerance(),
                report.seed()));
        TextTable table = new TextTable(2, "parameter", "outcome", "error", "tried", "of", "corners");
        for (TensorCheck tensor : report.tensors()) {
            table.add(
                    tensor.parameter().name(),
                    tensor.outcome().name().toLowerCase(Locale.ROOT),
                    String.format(Locale.ROOT, "%.1e", tensor.error()),
                    Integer.toString(tensor.tried()),
                    Integer.toString(tensor.parameter().size()),
                    Integer.toString(tensor.corners()));
        }
        lines.addAll(table.lines());
        lines.add("Gradient: " + report.summary() + ".");
        return lines;
    }

    private static String count(int count, String thing) {
        return count + " " + thing + (count == 1 ? "" : "s");
    }

    private static String figure(double value) {
        return String.format(Locale.ROOT, "%.3g", value);
    }

    private static String percent(double part) {
        return Double.isNaN(part) ? "-" : String.format(Locale.ROOT, "%.0f %%", 100 * part);
    }
}

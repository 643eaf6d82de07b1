package dev.lockstep.deploy.plot;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lockstep.driver.history.Facts;
import dev.lockstep.driver.history.Points;
import dev.lockstep.driver.history.RunHistory;
import dev.lockstep.driver.report.TextTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;

/** A run in lines of text: a figure on each, with its course in little blocks. */
public final class RunText {
    private static final String BLOCKS = "▁▂▃▄▅▆▇█";
    private static final int COLUMNS = 40;
    private static final Set<String> LOSSES = Set.of("loss", "train.loss");
    /** Of which none is the best. */
    private static final Set<String> OTHERS = Set.of("lr", "gradient_norm", "examples_per_second");

    private RunText() {}

    /** In a line: how it stands with the run, and how far it has come. */
    public static String head(RunHistory history) {
        Facts facts = history.facts();
        JsonNode start = facts.start();
        StringBuilder head = new StringBuilder(history.state().toString().replace('_', ' '));
        head.append(", epoch ").append(facts.epoch());
        if (start.has("epochs")) {
            head.append(" of ").append(start.path("epochs").asInt());
        }
        head.append(", step ").append(facts.step());
        if (facts.end().has("seconds")) {
            head.append(String.format(
                    Locale.ROOT, ", %.1f s", facts.end().path("seconds").asDouble()));
        }
        return head.toString();
    }

    public static List<String> lines(RunHistory history) {
        List<String> lines = new ArrayList<>();
        lines.add(history.folder() + ": " + head(history));
        TextTable table = new TextTable(2, "", "", "first", "last", "best", "at step");
        names(history).forEach(name -> row(table, history, name));
        lines.addAll(table.lines());
        return lines;
    }

    private static Stream<String> names(RunHistory history) {
        return history.names().stream()
                .filter(name -> LOSSES.contains(name) || OTHERS.contains(name) || name.startsWith("validation."))
                .sorted();
    }

    private static void row(TextTable table, RunHistory history, String name) {
        String blocks = blocks(history.points(name, 0, Long.MAX_VALUE, COLUMNS));
        String first = figure(history.points(name, 0, 0, Integer.MAX_VALUE).mean()[0]);
        String last = figure(history.last(name));
        if (OTHERS.contains(name)) {
            table.add(name, blocks, first, last, "", "");
            return;
        }
        Best best = Best.of(history, name);
        table.add(name, blocks, first, last, figure(best.value()), Long.toString(best.step()));
    }

    private static String blocks(Points points) {
        double least = Double.POSITIVE_INFINITY;
        double most = Double.NEGATIVE_INFINITY;
        for (double value : points.mean()) {
            if (Double.isFinite(value)) {
                least = Math.min(least, value);
                most = Math.max(most, value);
            }
        }
        StringBuilder blocks = new StringBuilder();
        for (double value : points.mean()) {
            double part = most > least ? (value - least) / (most - least) : 0.5;
            int block = (int) Math.min(BLOCKS.length() - 1, part * BLOCKS.length());
            blocks.append(Double.isFinite(value) ? BLOCKS.charAt(block) : ' ');
        }
        return blocks.toString();
    }

    static String figure(double value) {
        return Double.isNaN(value) ? "-" : String.format(Locale.ROOT, "%.4g", value);
    }
}

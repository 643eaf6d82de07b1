package dev.lockstep.deploy.page;

import dev.lockstep.driver.history.Points;
import dev.lockstep.driver.history.RunHistory;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Figures as a table for other programs, a line for each step. Of a run that is so long that a point stands for several
 * steps, a line has the last of them, and for each figure the mean, the lowest and the highest.
 */
final class FigureCsv {
    private FigureCsv() {}

    static byte[] of(RunHistory run, FigureQuery query) {
        List<Column> columns = new ArrayList<>();
        Set<Long> steps = new TreeSet<>();
        for (String name : query.names()) {
            Points points = run.points(name, query.from(), query.to(), query.points());
            columns.addAll(columns(name, points));
            for (long step : points.step()) {
                steps.add(step);
            }
        }
        StringBuilder text = new StringBuilder("step");
        columns.forEach(column -> text.append(',').append(column.name));
        text.append('\n');
        for (long step : steps) {
            text.append(step);
            columns.forEach(column -> text.append(',').append(column.at(step)));
            text.append('\n');
        }
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static List<Column> columns(String name, Points points) {
        boolean folded = !Arrays.equals(points.low(), points.high());
        return folded
                ? List.of(
                        new Column(name + ".mean", points.step(), points.mean()),
                        new Column(name + ".low", points.step(), points.low()),
                        new Column(name + ".high", points.step(), points.high()))
                : List.of(new Column(name, points.step(), points.mean()));
    }

    /** One figure, of which lines are asked for in order. One thread at a time. */
    private static final class Column {
        private final String name;
        private final long[] steps;
        private final double[] values;
        private int next;

        Column(String name, long[] steps, double[] values) {
            this.name = name;
            this.steps = steps;
            this.values = values;
        }

        /** Empty where the figure has no value. */
        String at(long step) {
            if (next == steps.length || steps[next] != step) {
                return "";
            }
            double value = values[next++];
            return Double.isNaN(value) ? "" : Double.toString(value);
        }
    }
}

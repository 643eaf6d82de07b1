package dev.lockstep.driver.search;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * What a search has found.
 *
 * @param trials in the order in which they were made
 * @param best null where none is good
 * @param interrupted whether some of the trials were not made
 */
public record SearchResult(List<Trial> trials, Trial best, Ranking ranking, boolean interrupted) {
    public SearchResult {
        trials = List.copyOf(trials);
    }

    /** The table that is shown, best first: lines with equal columns. */
    public List<String> table() {
        List<Trial> sorted = new ArrayList<>(trials);
        // NaN, of trials that failed, comes last.
        sorted.sort(Comparator.comparingDouble(ranking::cost));
        Set<String> keys = new LinkedHashSet<>();
        Set<String> figures = new LinkedHashSet<>();
        sorted.forEach(trial -> keys.addAll(trial.settings().keySet()));
        sorted.forEach(trial -> figures.addAll(trial.validation().keySet()));

        List<List<String>> rows = new ArrayList<>();
        rows.add(header(keys, figures));
        sorted.forEach(trial -> rows.add(row(trial, keys, figures)));
        return aligned(rows);
    }

    private static List<String> header(Set<String> keys, Set<String> figures) {
        List<String> header = new ArrayList<>(List.of("trial"));
        header.addAll(keys);
        figures.forEach(figure -> header.add("validation " + figure));
        header.addAll(List.of("train loss", "seconds", "status"));
        return header;
    }

    private static List<String> row(Trial trial, Set<String> keys, Set<String> figures) {
        List<String> row = new ArrayList<>(List.of(Integer.toString(trial.number())));
        keys.forEach(key -> row.add(trial.settings().getOrDefault(key, "")));
        figures.forEach(figure -> row.add(shown(trial.validation().get(figure))));
        row.add(shown(trial.failed() ? null : trial.training()));
        row.add(String.format(Locale.ROOT, "%.1f", trial.seconds()));
        row.add(trial.error() == null ? trial.status() : trial.status() + ": " + trial.error());
        return row;
    }

    private static String shown(Double figure) {
        return figure == null ? "" : String.format(Locale.ROOT, "%.4g", figure);
    }

    private static List<String> aligned(List<List<String>> rows) {
        List<String> lines = new ArrayList<>();
        for (List<String> row : rows) {
            StringBuilder line = new StringBuilder();
            for (int column = 0; column < row.size(); column++) {
                int at = column;
                int width = rows.stream()
                        .mapToInt(other -> other.get(at).length())
                        .max()
                        .orElse(0);
                line.append(column == 0 ? "" : "  ").append(padded(row.get(column), width));
            }
            lines.add(line.toString().stripTrailing());
        }
        return lines;
    }

    private static String padded(String cell, int width) {
        return cell + " ".repeat(width - cell.length());
    }
}

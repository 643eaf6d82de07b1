package dev.lockstep.driver.report;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Columns under their names, the first ones to the left and figures to the right. */
public final class TextTable {
    private final int texts;
    private final List<List<String>> rows = new ArrayList<>();

    /** @param texts how many of the columns are no figures */
    public TextTable(int texts, String... names) {
        this.texts = texts;
        add(names);
    }

    public void add(String... cells) {
        rows.add(List.of(cells));
    }

    public List<String> lines() {
        int columns = rows.get(0).size();
        int[] widths = new int[columns];
        for (List<String> row : rows) {
            for (int i = 0; i < columns; i++) {
                widths[i] = Math.max(widths[i], row.get(i).length());
            }
        }
        return rows.stream().map(row -> line(row, widths)).toList();
    }

    private String line(List<String> row, int[] widths) {
        List<String> cells = new ArrayList<>();
        for (int i = 0; i < widths.length; i++) {
            String blanks = " ".repeat(widths[i] - row.get(i).length());
            cells.add(i < texts ? row.get(i) + blanks : blanks + row.get(i));
        }
        return cells.stream().collect(Collectors.joining("  ", "  ", "")).stripTrailing();
    }
}

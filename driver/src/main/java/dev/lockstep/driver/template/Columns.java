package dev.lockstep.driver.template;

import dev.lockstep.driver.JobFileException;
import dev.lockstep.driver.template.TableColumn.Kind;
import dev.lockstep.driver.yaml.Nearest;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Which columns of a table do what.
 *
 * @param told why it is this label
 * @param features of numbers, in the table's order
 * @param categories of text with few words
 * @param leftOut the reason, by column
 */
record Columns(
        TableColumn label,
        String told,
        List<TableColumn> features,
        List<TableColumn> categories,
        Map<String, String> leftOut) {
    private static final Set<String> LABELS =
            Set.of("label", "target", "class", "y", "outcome", "species", "labels", "response");
    private static final Set<String> NUMBERS = Set.of("id", "index", "row", "rowid", "row_id", "uid", "uuid");
    private static final long MOST_WORDS = 1000;
    /** Of rows that have a value of their own. */
    private static final double OWN = 0.9;

    /** @param wanted the label's name; null to guess it */
    static Columns of(TableFacts facts, String wanted) {
        List<TableColumn> candidates = facts.columns().stream()
                .filter(column -> !facts.nameless().contains(column.name()))
                .toList();
        TableColumn label = label(facts, candidates, wanted);
        String told = wanted != null ? "as asked for" : isLabel(label) ? "by its name" : "the last column";
        List<TableColumn> features = new ArrayList<>();
        List<TableColumn> categories = new ArrayList<>();
        Map<String, String> leftOut = new LinkedHashMap<>();
        facts.nameless().forEach(name -> leftOut.put(name, "has no name of its own in the file"));
        for (TableColumn column : candidates) {
            String reason = reason(column, facts.rows());
            if (column.equals(label)) {
                continue;
            }
            if (reason != null) {
                leftOut.put(column.name(), reason);
            } else if (column.isNumeric()) {
                features.add(column);
            } else {
                categories.add(column);
            }
        }
        if (features.isEmpty() && categories.isEmpty()) {
            throw new JobFileException("No column is left to learn from: "
                    + facts.source().describe() + ", label=" + label.name() + ", left out=" + leftOut);
        }
        return new Columns(label, told, features, categories, leftOut);
    }

    private static TableColumn label(TableFacts facts, List<TableColumn> columns, String wanted) {
        List<String> names = columns.stream().map(TableColumn::name).toList();
        if (columns.isEmpty() || wanted != null && !names.contains(wanted)) {
            throw new JobFileException("Column is not in the data: --label=" + wanted + ", "
                    + facts.source().describe() + (wanted == null ? "" : Nearest.hint(wanted, names)));
        }
        return columns.stream()
                .filter(column ->
                        wanted == null ? isLabel(column) : column.name().equals(wanted))
                .findFirst()
                .orElse(columns.get(columns.size() - 1));
    }

    private static boolean isLabel(TableColumn column) {
        return LABELS.contains(column.name().toLowerCase(Locale.ROOT));
    }

    /** Why a column is of no use to a network; null where it is. */
    private static String reason(TableColumn column, long rows) {
        boolean own = column.distinct() > Math.min(OWN * rows, ColumnLook.MOST);
        if (column.kind() == Kind.OTHER) {
            return "is neither numbers nor text";
        }
        if (column.gaps() == rows) {
            return "is empty";
        }
        if (column.kind() != Kind.VECTOR && column.distinct() <= 1 && column.gaps() == 0) {
            return "is the same in every row";
        }
        if (own && NUMBERS.contains(column.name().toLowerCase(Locale.ROOT))) {
            return "numbers the rows";
        }
        if (column.odd() != null) {
            return OddText.reason(column.odd());
        }
        boolean words = column.kind() == Kind.TEXT && !column.isNumeric();
        return words && (column.distinct() > MOST_WORDS || column.distinct() > rows / 2)
                ? "is text with " + column.distinct() + " words or more, too many for categories"
                : null;
    }
}

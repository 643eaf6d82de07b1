package dev.lockstep.driver.template;

import static org.apache.spark.sql.functions.avg;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.stddev_pop;

import dev.lockstep.driver.DataException;
import dev.lockstep.driver.JobFileException;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Row;

/** What the column of a table's labels holds. */
final class LabelLook {
    private static final int MOST_CLASSES = 1000;

    private LabelLook() {}

    /**
     * Labels of classes.
     *
     * @param names in Spark's order
     * @param balanced whether none is much rarer than another
     */
    record Classes(List<String> names, boolean balanced) {
        private static final int SHOWN = 6;
        private static final int RARE = 3;

        /** For a comment. */
        String shown() {
            String first = String.join(", ", names.subList(0, Math.min(SHOWN, names.size())));
            return names.size() + " classes: " + first + (names.size() > SHOWN ? " and others" : "");
        }
    }

    static Classes classes(TableFacts facts, TableColumn label) {
        requireFull(facts, label);
        Column cell = col(TableFacts.quoted(label.name()));
        List<Row> found = facts.table()
                .groupBy(cell)
                .agg(count(lit(1)).as("rows"))
                .orderBy(cell)
                .limit(MOST_CLASSES + 1)
                .collectAsList();
        if (found.size() > MOST_CLASSES || found.size() > facts.rows() / 2) {
            throw new JobFileException("Labels of classes must come again and again: label=" + label.name()
                    + ", different=" + label.distinct() + ", rows=" + facts.rows()
                    + ". Name another by --label, or take the template regressor.");
        }
        if (found.size() < 2) {
            throw new JobFileException("Labels must be of two classes or more: label=" + label.name() + ", classes="
                    + found.size() + ". Name another by --label.");
        }
        long least = found.stream().mapToLong(row -> row.getLong(1)).min().orElseThrow();
        long most = found.stream().mapToLong(row -> row.getLong(1)).max().orElseThrow();
        List<String> names =
                found.stream().map(row -> String.valueOf(row.get(0))).toList();
        return new Classes(names, most <= Classes.RARE * least);
    }

    /** Labels that are numbers. */
    record Numbers(double mean, double deviation) {}

    static Numbers numbers(TableFacts facts, TableColumn label) {
        requireFull(facts, label);
        if (label.kind() != TableColumn.Kind.NUMBER) {
            throw new JobFileException("Labels of a regressor must be numbers: label=" + label.name() + ", type="
                    + facts.table().schema().apply(label.name()).dataType().simpleString()
                    + ". Name another by --label, or take the template classifier.");
        }
        Column number = col(TableFacts.quoted(label.name())).cast("double");
        Row seen = facts.table().agg(avg(number), stddev_pop(number)).head();
        return new Numbers(seen.getDouble(0), seen.getDouble(1));
    }

    private static void requireFull(TableFacts facts, TableColumn label) {
        if (label.gaps() > 0) {
            throw new DataException(
                    "Every row must have a label: " + facts.source().describe() + ", label="
                            + label.name() + ", rows without=" + label.gaps() + " of " + facts.rows()
                            + ". Leave these rows out, or name another by --label.");
        }
    }
}

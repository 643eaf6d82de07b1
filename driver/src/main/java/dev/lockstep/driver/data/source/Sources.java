package dev.lockstep.driver.data.source;

import dev.lockstep.driver.DataException;
import dev.lockstep.driver.data.rows.Decoded;
import dev.lockstep.driver.data.rows.Selection;
import dev.lockstep.driver.data.rows.Unreadable;
import dev.lockstep.driver.data.source.drawn.ClicksSource;
import dev.lockstep.driver.data.source.drawn.DigitsSource;
import dev.lockstep.driver.data.source.drawn.RandomRows;
import dev.lockstep.driver.data.source.idx.IdxRows;
import dev.lockstep.driver.data.source.image.ImageRows;
import dev.lockstep.driver.data.source.table.Table;
import dev.lockstep.driver.data.source.table.TableFiles;
import dev.lockstep.driver.data.source.table.Tables;
import dev.lockstep.driver.job.Source;
import java.util.List;
import java.util.Set;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** Finds the reader of a format. */
public final class Sources {
    private static final List<String> LIBSVM_LABEL = List.of("label");

    private static final Set<String> WITHOUT_COLUMNS = Set.of(Source.RANDOM, Source.DIGITS, Source.IDX, "images");
    private static final String WIDTH = "numFeatures";

    private Sources() {}

    static boolean hasColumns(Source source) {
        return !WITHOUT_COLUMNS.contains(source.format());
    }

    /** @throws dev.lockstep.driver.DataException if what is wrong shows before the rows are read */
    public static Decoded decode(SparkSession spark, Source source, Selection selection) {
        if (selection.weight() != null && WITHOUT_COLUMNS.contains(source.format())) {
            throw new DataException("Format must have columns for one to hold weights: " + source.describe()
                    + ", weight=" + selection.weight());
        }
        if (selection.hasCategories() && WITHOUT_COLUMNS.contains(source.format())) {
            throw new DataException("Format must have columns for some to be categories: " + source.describe());
        }
        return switch (source.format()) {
            case Source.RANDOM -> RandomRows.decode(spark, source, selection);
            case Source.DIGITS -> IdxRows.decode(spark, DigitsSource.drawn(source), selection);
            case "idx" -> IdxRows.decode(spark, source, selection);
            case "images" -> ImageRows.decode(spark, source, selection);
            case "libsvm" -> libsvm(spark, source, selection);
            default -> Tables.decode(table(spark, source), selection, source.describe());
        };
    }

    /**
     * Takes the rows of a table that is there already.
     *
     * @param description for messages
     */
    public static Decoded decode(Dataset<Row> table, Selection selection, String description) {
        return Tables.decode(Table.of(table, TableFiles.CORRUPT), selection, description);
    }

    /** A source that has columns. Not yet read. */
    static Table table(SparkSession spark, Source source) {
        return switch (source.format()) {
            case Source.CLICKS -> TableFiles.load(spark, ClicksSource.drawn(source));
            case Source.TABLE -> known(spark, source);
            default -> TableFiles.load(spark, source);
        };
    }

    private static Table known(SparkSession spark, Source source) {
        try {
            return Table.of(spark.table(source.path()), TableFiles.CORRUPT);
        } catch (Exception e) {
            // Spark's AnalysisException is checked, but its Scala methods do not declare it.
            throw Unreadable.of(source, e);
        }
    }

    /** Sparse rows need not name the last features: the wanted width says how many there are. */
    static Source wide(Source source, Selection selection) {
        boolean known = selection.width() > 0 && !source.options().containsKey(WIDTH);
        return known ? source.option(WIDTH, Integer.toString(selection.width())) : source;
    }

    private static Decoded libsvm(SparkSession spark, Source source, Selection selection) {
        Decoded decoded = Tables.decode(
                table(spark, wide(source, selection)),
                selection.label().isEmpty() ? selection.label(LIBSVM_LABEL) : selection,
                source.describe());
        // The one column of features need no more be named where a model is used than where it was trained.
        return selection.features().isEmpty() ? decoded.features(List.of()) : decoded;
    }
}

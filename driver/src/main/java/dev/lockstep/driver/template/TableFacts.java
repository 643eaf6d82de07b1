package dev.lockstep.driver.template;

import dev.lockstep.driver.DataException;
import dev.lockstep.driver.job.Source;
import dev.lockstep.driver.template.TableColumn.Kind;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructField;

/**
 * What a look over a table's rows has shown.
 *
 * @param source with the options that its reader needs
 * @param table all of its rows, in the types that they have or seem to have
 * @param nameless names of columns that the data do not have, but only Spark's reader
 */
record TableFacts(Source source, Dataset<Row> table, long rows, List<TableColumn> columns, List<String> nameless) {
    static TableFacts of(SparkSession spark, Source given) {
        Source source = given;
        List<String> nameless = new ArrayList<>();
        Dataset<Row> rows;
        if (given.format().equals("csv")) {
            CsvForm form = CsvForm.of(spark, given.path());
            source = new Source(given.path(), given.format(), merged(form.options(), given.options()));
            rows = spark.read()
                    .option("header", "true")
                    .options(source.options())
                    .option("inferSchema", "true")
                    .csv(given.path());
            for (int i = 0; form.isHeaded() && i < rows.columns().length; i++) {
                if (i >= form.cells().size() || !form.cells().get(i).equals(rows.columns()[i])) {
                    nameless.add(rows.columns()[i]);
                }
            }
        } else {
            rows = spark.read().format(given.format()).options(given.options()).load(given.path());
        }
        return looked(source, rows, nameless);
    }

    private static Map<String, String> merged(Map<String, String> found, Map<String, String> given) {
        Map<String, String> options = new LinkedHashMap<>(found);
        options.putAll(given);
        return options;
    }

    /** One pass, by plain code: Spark would compile an expression for each of maybe thousands of columns. */
    private static TableFacts looked(Source source, Dataset<Row> rows, List<String> nameless) {
        StructField[] fields = rows.schema().fields();
        Kind[] kinds =
                Arrays.stream(fields).map(field -> Kind.of(field.dataType())).toArray(Kind[]::new);
        Looks looks = rows.javaRDD()
                .mapPartitions(part -> List.of(Looks.over(kinds, part)).iterator())
                .fold(Looks.over(kinds, Collections.emptyIterator()), Looks::merge);
        if (looks.rows == 0 || fields.length == 0) {
            throw new DataException("Data must have rows: " + source.describe());
        }
        List<TableColumn> columns = new ArrayList<>();
        for (int i = 0; i < fields.length; i++) {
            columns.add(looks.columns[i].column(fields[i].name(), looks.rows));
        }
        return new TableFacts(source, rows, looks.rows, columns, nameless);
    }

    /** A part of the rows. */
    private static final class Looks implements Serializable {
        private final ColumnLook[] columns;
        private long rows;

        private Looks(Kind[] kinds) {
            this.columns = Arrays.stream(kinds).map(ColumnLook::new).toArray(ColumnLook[]::new);
        }

        static Looks over(Kind[] kinds, Iterator<Row> part) {
            Looks looks = new Looks(kinds);
            while (part.hasNext()) {
                Row row = part.next();
                for (int i = 0; i < kinds.length; i++) {
                    looks.columns[i].add(row.get(i));
                }
                looks.rows++;
            }
            return looks;
        }

        Looks merge(Looks other) {
            for (int i = 0; i < columns.length; i++) {
                columns[i].merge(other.columns[i]);
            }
            rows += other.rows;
            return this;
        }
    }

    /** As Spark's expressions want a name that may have dots. */
    static String quoted(String column) {
        return "`" + column.replace("`", "``") + "`";
    }
}

package dev.lockstep.driver.data.source.table;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;

/**
 * A table whose columns are known by their places, so that names may be blank or stand twice and Spark's rules on
 * letters' case do not matter.
 *
 * @param rows with columns that are called by their places
 * @param names of the columns, blank where one has none
 * @param corrupt place of the column in which Spark puts the text of rows that it could not take apart, -1 if there is
 *     none
 * @param headed whether the first row of each file is its header
 * @param compared how many columns, from the first one, must have the same name in every file's header
 */
public record Table(Dataset<Row> rows, List<String> names, int corrupt, boolean headed, int compared) {

    /** Takes the rows of a table that Spark has named; what stands under {@code corrupt} is the text of bad rows. */
    public static Table of(Dataset<Row> table, String corrupt) {
        List<String> names = new ArrayList<>(Arrays.asList(table.columns()));
        int place = names.indexOf(corrupt);
        if (place >= 0) {
            names.set(place, "");
        }
        return new Table(placed(table), names, place, /* headed */ false, 0);
    }

    /** The same columns under the names of their places. */
    static Dataset<Row> placed(Dataset<Row> table) {
        return table.toDF(IntStream.range(0, table.columns().length)
                .mapToObj(Table::placed)
                .toArray(String[]::new));
    }

    /** What the rows call the column at a place: nothing that a folder's name would tell. */
    static String placed(int place) {
        return "column " + place;
    }

    public static Column column(int place) {
        return functions.col(placed(place));
    }
}

package dev.lockstep.driver.data.source.table;

import dev.lockstep.driver.DataException;
import dev.lockstep.driver.data.encoding.CategoryWord;
import java.io.Serializable;
import org.apache.spark.sql.Row;

/** A column of categories, and how its cells become whole numbers. */
record CategoryColumn(Column column, Words words) implements Serializable {
    /** Numbers the words of a column. */
    interface Words extends Serializable {
        /** @param word null for a gap */
        int of(String word);
    }

    CategoryColumn {
        if (column.kind() != Column.Kind.NUMBER) {
            throw new DataException("Column of categories must hold one value in each row: column=" + column.name());
        }
    }

    int read(Row row) {
        return words.of(CategoryWord.of(column.of(row)));
    }
}

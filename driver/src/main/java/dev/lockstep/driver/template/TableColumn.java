package dev.lockstep.driver.template;

import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.BooleanType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DateType;
import org.apache.spark.sql.types.NumericType;
import org.apache.spark.sql.types.StringType;
import org.apache.spark.sql.types.TimestampNTZType;
import org.apache.spark.sql.types.TimestampType;

/**
 * A column, as far as it matters to a network.
 *
 * @param distinct values that differ, up to {@link ColumnLook#MOST} and one more; 0 where they were not counted
 * @param gaps rows without a value
 * @param word of a column of text in which numbers stand the one that stands where none does, as {@code NA}; empty
 *     where all are numbers, null where they are not
 * @param odd a text of a column of numbers or dates that are not read as such; null where there are none
 */
record TableColumn(String name, Kind kind, long distinct, long gaps, String word, String odd) {
    enum Kind {
        NUMBER,
        TRUTH,
        TIME,
        TEXT,
        VECTOR,
        OTHER;

        static Kind of(DataType type) {
            if (type instanceof NumericType) {
                return NUMBER;
            }
            if (type instanceof BooleanType) {
                return TRUTH;
            }
            if (type instanceof DateType || type instanceof TimestampType || type instanceof TimestampNTZType) {
                return TIME;
            }
            if (type instanceof StringType) {
                return TEXT;
            }
            boolean numbers = type instanceof ArrayType array && array.elementType() instanceof NumericType;
            return numbers || type.equals(SQLDataTypes.VectorType()) ? VECTOR : OTHER;
        }
    }

    /** Whether its values are numbers to a network. */
    boolean isNumeric() {
        return kind == Kind.TEXT ? word != null : kind != Kind.OTHER;
    }
}

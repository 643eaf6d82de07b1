package dev.lockstep.driver.data.source.table;

import dev.lockstep.driver.DataException;
import dev.lockstep.driver.data.rows.BadValueException;
import dev.lockstep.driver.data.rows.CellNumbers;
import dev.lockstep.driver.data.rows.DoubleList;
import dev.lockstep.driver.data.rows.Times;
import java.io.Serializable;
import java.util.List;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.linalg.VectorUDT;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.BooleanType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DateType;
import org.apache.spark.sql.types.NumericType;
import org.apache.spark.sql.types.StringType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.TimestampNTZType;
import org.apache.spark.sql.types.TimestampType;

/**
 * One column of a table, and how its cells become numbers: a cell is one number, or a vector or array of several.
 *
 * @param cell within the rows that are read
 * @param element of that cell where it is an array of several columns of one number each; {@link HeaderCell#WHOLE}
 *     where the cell is the column
 */
record Column(String name, Kind kind, int cell, int element) implements Serializable {
    enum Kind {
        NUMBER,
        VECTOR,
        ARRAY
    }

    /** @throws DataException if its cells can never be numbers */
    static Kind kind(StructField field, String name) {
        DataType type = field.dataType();
        if (isNumber(type)) {
            return Kind.NUMBER;
        }
        if (type instanceof VectorUDT || type instanceof org.apache.spark.mllib.linalg.VectorUDT) {
            return Kind.VECTOR;
        }
        if (type instanceof ArrayType && isNumber(((ArrayType) type).elementType())) {
            return Kind.ARRAY;
        }
        throw new DataException(
                "Column must hold numbers, truth values, times or text, or vectors or arrays of them: column=" + name
                        + ", type=" + type.simpleString());
    }

    /** Text counts, because a csv file without schema is all text; each cell is looked at when it is read. */
    private static boolean isNumber(DataType type) {
        return type instanceof NumericType
                || type instanceof BooleanType
                || type instanceof StringType
                || type instanceof DateType
                || type instanceof TimestampType
                || type instanceof TimestampNTZType;
    }

    /** What stands in the row: the one number as it is, or the whole vector or array. */
    Object of(Row row) {
        return element == HeaderCell.WHOLE || kind != Kind.NUMBER
                ? row.get(cell)
                : row.getList(cell).get(element);
    }

    /** @param check of each number, by the name that messages give it */
    void read(Row row, DoubleList into, Check check) throws BadValueException {
        Object found = of(row);
        if (found == null && kind != Kind.NUMBER) {
            into.add(check.gaps(name));
            return;
        }
        switch (kind) {
            case NUMBER -> add(found, name, into, check);
            case VECTOR -> readAll(vector(found), into, check);
            case ARRAY -> readAll(row.getList(cell), into, check);
        }
    }

    /** What must hold of a number besides that it is finite, and what becomes of one that is not there. */
    interface Check {
        void accept(double number, String name) throws BadValueException;

        /** Whether these numbers are good, told at once; false where each has to be looked at. */
        default boolean acceptsAll(double[] numbers) {
            return false;
        }

        /** What takes the place of a gap, which is refused unless a check says otherwise. */
        default double gap(Object cell, String name) throws BadValueException {
            throw CellNumbers.gap(cell, name);
        }

        /** The same of a vector or array that is not there. */
        default double gaps(String name) throws BadValueException {
            throw CellNumbers.gap(null, name);
        }
    }

    private static double[] vector(Object cell) {
        return cell instanceof Vector
                ? ((Vector) cell).toArray()
                : ((org.apache.spark.mllib.linalg.Vector) cell).toArray();
    }

    private void readAll(double[] values, DoubleList into, Check check) throws BadValueException {
        if (check.acceptsAll(values)) {
            into.addAll(values);
            return;
        }
        int i = 0;
        try {
            for (; i < values.length; i++) {
                if (Double.isNaN(values[i])) {
                    into.add(check.gap(values[i], name));
                    continue;
                }
                double number = CellNumbers.finite(values[i], name);
                check.accept(number, name);
                into.add(number);
            }
        } catch (BadValueException e) {
            throw e.of(part(i));
        }
    }

    private void readAll(List<Object> values, DoubleList into, Check check) throws BadValueException {
        int i = 0;
        try {
            for (; i < values.size(); i++) {
                add(values.get(i), name, into, check);
            }
        } catch (BadValueException e) {
            throw e.of(part(i));
        }
    }

    /** Made for messages alone: to name every number takes longer than a small network. */
    private String part(int index) {
        return name + "[" + index + "]";
    }

    private static void add(Object cell, String name, DoubleList into, Check check) throws BadValueException {
        if (CellNumbers.isGap(cell)) {
            into.add(check.gap(cell, name));
            return;
        }
        double number = CellNumbers.of(cell, name);
        // Of a time, whole seconds must be kept as they are where fractions of one are read.
        check.accept(Times.isTime(cell) ? Math.floor(number) : number, name);
        into.add(number);
    }
}

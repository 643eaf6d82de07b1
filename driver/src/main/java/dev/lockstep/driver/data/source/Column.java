package dev.lockstep.driver.data.source;

import dev.lockstep.driver.DataException;
import java.io.Serializable;
import java.util.List;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.linalg.VectorUDT;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.BooleanType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.NumericType;
import org.apache.spark.sql.types.StringType;
import org.apache.spark.sql.types.StructField;

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
        throw new DataException("Column must hold numbers, or vectors or arrays of numbers: column=" + name + ", type="
                + type.simpleString());
    }

    /** Text counts, because a csv file without schema is all text; each cell is looked at when it is read. */
    private static boolean isNumber(DataType type) {
        return type instanceof NumericType || type instanceof BooleanType || type instanceof StringType;
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
        if (found == null) {
            throw new BadValueException("Value must not be empty", name, null);
        }
        switch (kind) {
            case NUMBER -> add(CellNumbers.of(found, name), name, into, check);
            case VECTOR -> readAll(vector(found), into, check);
            case ARRAY -> readAll(row.getList(cell), into, check);
        }
    }

    /** What must hold of a number besides that it is finite. */
    interface Check {
        void accept(double number, String name) throws BadValueException;
    }

    private static double[] vector(Object cell) {
        return cell instanceof Vector
                ? ((Vector) cell).toArray()
                : ((org.apache.spark.mllib.linalg.Vector) cell).toArray();
    }

    private void readAll(double[] values, DoubleList into, Check check) throws BadValueException {
        for (int i = 0; i < values.length; i++) {
            String part = name + "[" + i + "]";
            add(CellNumbers.finite(values[i], part), part, into, check);
        }
    }

    private void readAll(List<Object> values, DoubleList into, Check check) throws BadValueException {
        for (int i = 0; i < values.size(); i++) {
            String part = name + "[" + i + "]";
            add(CellNumbers.of(values.get(i), part), part, into, check);
        }
    }

    private static void add(double number, String name, DoubleList into, Check check) throws BadValueException {
        check.accept(number, name);
        into.add(number);
    }
}

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
 * @param index within the rows that are read
 */
record Column(String name, int index, Kind kind) implements Serializable {
    enum Kind {
        NUMBER,
        VECTOR,
        ARRAY
    }

    static Column of(StructField field, int index) {
        return new Column(field.name(), index, kind(field));
    }

    private static Kind kind(StructField field) {
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
        throw new DataException("Column must hold numbers, or vectors or arrays of numbers: column=" + field.name()
                + ", type=" + type.simpleString());
    }

    /** Text counts, because a csv file without schema is all text; each cell is looked at when it is read. */
    private static boolean isNumber(DataType type) {
        return type instanceof NumericType || type instanceof BooleanType || type instanceof StringType;
    }

    void read(Row row, FloatList into) throws BadValueException {
        if (row.isNullAt(index)) {
            throw new BadValueException("Value must not be empty", name, null);
        }
        switch (kind) {
            case NUMBER -> into.add(Numbers.of(row.get(index), name));
            case VECTOR -> readAll(vector(row.get(index)), into);
            case ARRAY -> readAll(row.getList(index), into);
        }
    }

    private static double[] vector(Object cell) {
        return cell instanceof Vector
                ? ((Vector) cell).toArray()
                : ((org.apache.spark.mllib.linalg.Vector) cell).toArray();
    }

    private void readAll(double[] values, FloatList into) throws BadValueException {
        for (int i = 0; i < values.length; i++) {
            into.add(Numbers.finite(values[i], name + "[" + i + "]"));
        }
    }

    private void readAll(List<Object> values, FloatList into) throws BadValueException {
        for (int i = 0; i < values.size(); i++) {
            into.add(Numbers.of(values.get(i), name + "[" + i + "]"));
        }
    }
}

package dev.lockstep.ml;

import java.util.Arrays;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.NumericType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/** Tables as spark.ml's own checks expect them, where ours may be others. */
final class Schemas {
    private Schemas() {}

    /**
     * The table with a label that is a number, and a vector of features.
     *
     * @param features to be added where the table has none, as its features are other columns; null where it must have
     *     them
     */
    static StructType usual(StructType table, String label, String features) {
        StructField[] fields = table.fields().clone();
        for (int i = 0; i < fields.length; i++) {
            if (fields[i].name().equals(label) && !(fields[i].dataType() instanceof NumericType)) {
                fields[i] = DataTypes.createStructField(label, DataTypes.DoubleType, /* nullable */ true);
            }
        }
        StructType usual = new StructType(fields);
        boolean there = features == null || Arrays.asList(table.fieldNames()).contains(features);
        return there ? usual : usual.add(features, SQLDataTypes.VectorType());
    }

    /**
     * What spark.ml put behind the usual table, behind the table itself. There may be nothing in it: a model may have
     * no prediction for a row with gaps.
     */
    static StructType behind(StructType table, StructType usual, StructType answered) {
        StructType whole = table;
        for (int i = usual.length(); i < answered.length(); i++) {
            StructField field = answered.apply(i);
            whole = whole.add(field.name(), field.dataType(), /* nullable */ true, field.metadata());
        }
        return whole;
    }
}

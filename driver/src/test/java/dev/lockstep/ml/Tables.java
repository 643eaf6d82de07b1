package dev.lockstep.ml;

import dev.lockstep.driver.data.LocalSpark;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** Rows that a small network can learn. */
final class Tables {
    static final String[] NAMES = {"ash", "birch", "cedar"};

    private Tables() {}

    /** Three clouds around corners of a triangle: {@code id, features, label, name}. */
    static Dataset<Row> clouds(int count) {
        Random random = new Random(5);
        double[][] centres = {{0, 0}, {4, 0}, {0, 4}};
        List<Row> rows = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            int label = i % 3;
            double x = centres[label][0] + random.nextGaussian() / 2;
            double y = centres[label][1] + random.nextGaussian() / 2;
            rows.add(RowFactory.create((long) i, Vectors.dense(x, y), (double) label, NAMES[label]));
        }
        StructType schema = new StructType()
                .add("id", DataTypes.LongType)
                .add("features", SQLDataTypes.VectorType())
                .add("label", DataTypes.DoubleType)
                .add("name", DataTypes.StringType);
        JavaSparkContext context =
                JavaSparkContext.fromSparkContext(LocalSpark.session().sparkContext());
        return LocalSpark.session().createDataFrame(context.parallelize(rows, 3), schema);
    }

    /** {@code y = 1000 + 300 a - 200 b}, with a little noise: {@code features, label}. */
    static Dataset<Row> plane(int count) {
        Random random = new Random(6);
        List<Row> rows = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            double a = random.nextGaussian();
            double b = random.nextGaussian();
            rows.add(RowFactory.create(Vectors.dense(a, b), 1000 + 300 * a - 200 * b + random.nextGaussian()));
        }
        StructType schema =
                new StructType().add("features", SQLDataTypes.VectorType()).add("label", DataTypes.DoubleType);
        return LocalSpark.session().createDataFrame(rows, schema);
    }
}

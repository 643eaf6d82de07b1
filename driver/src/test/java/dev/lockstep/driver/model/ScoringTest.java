package dev.lockstep.driver.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lockstep.driver.DataException;
import dev.lockstep.driver.JobFileException;
import dev.lockstep.driver.data.LocalSpark;
import dev.lockstep.driver.data.encoding.Missing;
import dev.lockstep.driver.job.Features;
import dev.lockstep.losses.Tensor;
import dev.lockstep.worker.Examples;
import dev.lockstep.worker.Inference;
import dev.lockstep.worker.ReplicaSettings;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.SparkException;
import org.apache.spark.ml.linalg.DenseVector;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.streaming.StreamingQuery;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.Metadata;
import org.apache.spark.sql.types.MetadataBuilder;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Predictions beside the rows of tables. */
@Tag("spark")
class ScoringTest {
    private static final Features NUMBERS = new Features(List.of(List.of("a", "b", "c")));
    private static final StructType TABLE = new StructType()
            .add("city", DataTypes.StringType)
            .add("c", DataTypes.FloatType)
            .add("a", DataTypes.DoubleType)
            .add("when", DataTypes.TimestampType)
            .add("b", DataTypes.IntegerType);

    private static double[] example(int row) {
        return new double[] {row / 7.0, row % 5, (float) Math.sin(row)};
    }

    private static Dataset<Row> table(int rows, int partitions) {
        List<Row> all = IntStream.range(0, rows)
                .mapToObj(row -> RowFactory.create(
                        row % 3 == 0 ? null : "town " + row,
                        (float) example(row)[2],
                        example(row)[0],
                        new java.sql.Timestamp(1000L * row),
                        (int) example(row)[1]))
                .toList();
        return LocalSpark.session().createDataFrame(all, TABLE).repartition(partitions);
    }

    /** What the network alone gives for a row that has been scaled by hand. */
    private static double[] bare(TrainedModel model, double[] example) {
        float[] scaled = new float[3];
        for (int i = 0; i < 3; i++) {
            scaled[i] = (float) ((example[i] - (i + 1)) / (2 << i));
        }
        Weights weights = model.members().get(0);
        try (Inference inference =
                model.network().inference(weights.values(), weights.buffers(), new ReplicaSettings())) {
            Tensor predicted = inference.predict(new Examples(1, new float[][] {scaled}, new float[0]));
            return predicted.data();
        }
    }

    private static double[] softmax(double[] scores) {
        double sum = Arrays.stream(scores).map(Math::exp).sum();
        return Arrays.stream(scores).map(score -> Math.exp(score) / sum).toArray();
    }

    @Test
    void rowsKeepTheirCellsAndTheirOrder() {
        TrainedModel model = SmallModel.colours(NUMBERS);
        Dataset<Row> table = table(700, 3);
        Scoring scoring = new Scoring(LocalSpark.session(), model);
        Dataset<Row> scored =
                scoring.transform(table, PredictionColumns.vectors().label("colour"));
        assertEquals(
                List.of("city", "c", "a", "when", "b", "rawPrediction", "probability", "prediction", "colour"),
                List.of(scored.columns()));
        assertEquals(
                scored.schema(),
                scoring.schema(TABLE, PredictionColumns.vectors().label("colour")));

        List<Row> before = table.collectAsList();
        List<Row> after = scored.collectAsList();
        assertEquals(700, after.size());
        for (int i = 0; i < before.size(); i++) {
            Row row = after.get(i);
            for (int cell = 0; cell < TABLE.length(); cell++) {
                assertEquals(before.get(i).get(cell), row.get(cell));
            }
            double[] raw = ((Vector) row.getAs("rawPrediction")).toArray();
            double[] example = {row.getDouble(2), row.getInt(4), row.getFloat(1)};
            assertArrayEquals(bare(model, example), raw, 1e-6);
            assertArrayEquals(softmax(raw), ((Vector) row.getAs("probability")).toArray(), 1e-12);
            int best = ((DenseVector) row.getAs("probability")).argmax();
            assertEquals((double) best, row.<Double>getAs("prediction"));
            assertEquals(List.of("red", "green", "blue").get(best), row.getAs("colour"));
        }
    }

    @Test
    void filesGetAColumnForEachNumber() {
        Dataset<Row> scored = new Scoring(LocalSpark.session(), SmallModel.colours(NUMBERS))
                .transform(table(3, 1).select("a", "b", "c"), PredictionColumns.files());
        assertEquals(
                List.of("a", "b", "c", "prediction", "predicted_label", "p_red", "p_green", "p_blue"),
                List.of(scored.columns()));
        Row row = scored.collectAsList().get(0);
        assertEquals(1, row.getDouble(5) + row.getDouble(6) + row.getDouble(7), 1e-12);
        assertTrue(row.getDouble(5 + row.getInt(3)) >= 1 / 3.0);
    }

    @Test
    void aVectorColumnIsRead() {
        List<Row> rows = List.of(
                RowFactory.create(1L, Vectors.dense(example(4))),
                RowFactory.create(2L, Vectors.sparse(3, new int[] {1}, new double[] {2})));
        Metadata described = new MetadataBuilder().putString("from", "a test").build();
        StructType schema = new StructType()
                .add("id", DataTypes.LongType, /* nullable */ false, described)
                .add("x", SQLDataTypes.VectorType());
        TrainedModel model = SmallModel.colours(Features.of("x"));
        Dataset<Row> scored = new Scoring(LocalSpark.session(), model)
                .transform(LocalSpark.session().createDataFrame(rows, schema), PredictionColumns.vectors());
        List<Row> after = scored.collectAsList();
        assertArrayEquals(
                bare(model, example(4)),
                after.get(0).<Vector>getAs("rawPrediction").toArray(),
                1e-6);
        assertArrayEquals(
                bare(model, new double[] {0, 2, 0}),
                after.get(1).<Vector>getAs("rawPrediction").toArray(),
                1e-6);
        StructField id = scored.schema().apply("id");
        assertEquals(described, id.metadata());
        assertEquals(schema.apply("id"), id);
    }

    @Test
    void thresholdsDivideTheProbabilities() {
        Dataset<Row> table = table(50, 1);
        Scoring scoring = new Scoring(LocalSpark.session(), SmallModel.colours(NUMBERS));
        PredictionColumns columns = PredictionColumns.vectors().thresholds(List.of(0.9, 0.0, 0.9));
        assertEquals(
                List.of(1.0),
                scoring.transform(table, columns).select("prediction").distinct().collectAsList().stream()
                        .map(row -> row.getDouble(0))
                        .toList());
        String said = assertThrows(
                        JobFileException.class, () -> scoring.transform(table, columns.thresholds(List.of(1.0, 1.0))))
                .getMessage();
        assertTrue(said.startsWith("There must be a threshold for each class: thresholds=2, classes=3"), said);
    }

    @Test
    void aStreamIsScoredAsItComes(@TempDir Path folder) throws Exception {
        SparkSession spark = LocalSpark.session();
        Scoring scoring = new Scoring(spark, SmallModel.colours(NUMBERS));
        String in = folder.resolve("in").toString();
        table(20, 2).write().parquet(in);
        Dataset<Row> stream = spark.readStream().schema(TABLE).parquet(in);
        StreamingQuery query = scoring.transform(stream, PredictionColumns.files())
                .writeStream()
                .format("memory")
                .queryName("scored")
                .option("checkpointLocation", folder.resolve("checkpoint").toString())
                .start();
        try {
            query.processAllAvailable();
            table(5, 1).write().mode("append").parquet(in);
            query.processAllAvailable();
        } finally {
            query.stop();
        }
        List<Row> expected = new ArrayList<>(
                scoring.transform(table(20, 1), PredictionColumns.files()).collectAsList());
        expected.addAll(
                scoring.transform(table(5, 1), PredictionColumns.files()).collectAsList());
        assertEquals(sorted(expected), sorted(spark.table("scored").collectAsList()));
    }

    private static List<String> sorted(List<Row> rows) {
        return rows.stream().map(Row::toString).sorted().toList();
    }

    @Test
    void noRowsAndEmptyPartitionsGiveNone() {
        Scoring scoring = new Scoring(LocalSpark.session(), SmallModel.colours(NUMBERS));
        assertEquals(
                0, scoring.transform(table(0, 2), PredictionColumns.files()).count());
        Dataset<Row> scored = scoring.transform(table(2, 5), PredictionColumns.files());
        assertEquals(2, scored.collectAsList().size());
    }

    @Test
    void aMissingColumnIsNamed() {
        Scoring scoring = new Scoring(LocalSpark.session(), SmallModel.colours(NUMBERS));
        String said = assertThrows(
                        DataException.class, () -> scoring.transform(table(2, 1).drop("b"), PredictionColumns.files()))
                .getMessage();
        assertTrue(said.startsWith("Column is not in the data: column=b, nearest=c, table"), said);
    }

    @Test
    void aColumnThatIsThereAlreadyIsNamed() {
        Scoring scoring = new Scoring(LocalSpark.session(), SmallModel.colours(NUMBERS));
        // Spark does not tell names by their case.
        for (String name : List.of("prediction", "PREDICTION")) {
            Dataset<Row> table = table(2, 1).withColumnRenamed("city", name);
            String said = assertThrows(
                            JobFileException.class, () -> scoring.transform(table, PredictionColumns.files()))
                    .getMessage();
            assertTrue(
                    said.startsWith("Columns of predictions must have other names than those of the data:"
                                    + " column=prediction, columns=[")
                            && said.contains(name),
                    said);
        }
    }

    @Test
    void aGapIsNamedWithItsRow() {
        Scoring scoring = new Scoring(LocalSpark.session(), SmallModel.colours(NUMBERS));
        List<Row> rows = new ArrayList<>(table(5, 1).collectAsList());
        rows.set(3, RowFactory.create("x", 1f, null, null, 1));
        Dataset<Row> scored = scoring.transform(
                LocalSpark.session().createDataFrame(rows, TABLE).coalesce(1), PredictionColumns.files());
        Throwable failure = assertThrows(SparkException.class, scored::collectAsList);
        while (!(failure instanceof DataException)) {
            failure = failure.getCause();
        }
        assertEquals(
                "Value must not be empty: partition=0, row=4, column=a, value=null. data.missing fills gaps with mean,"
                        + " median or {constant: 0}, or leaves such rows out with skip; predict and evaluate do that with --missing"
                        + " skip",
                failure.getMessage());
    }

    @Test
    void aRowThatTrainingWouldLeaveOutHasNoPrediction() {
        TrainedModel model = SmallModel.colours(NUMBERS).missing(new Missing.Skip());
        List<Row> rows = new ArrayList<>(table(5, 1).collectAsList());
        rows.set(3, RowFactory.create("x", 1f, null, null, 1));
        Scoring scoring = new Scoring(LocalSpark.session(), model);
        List<Row> scored = scoring.transform(
                        LocalSpark.session().createDataFrame(rows, TABLE).coalesce(1), PredictionColumns.files())
                .collectAsList();
        assertEquals(5, scored.size());
        assertEquals("x", scored.get(3).getString(0));
        for (Row row : scored) {
            assertEquals(row == scored.get(3), row.isNullAt(row.fieldIndex("prediction")));
            assertEquals(row == scored.get(3), row.isNullAt(row.fieldIndex("p_blue")));
        }
    }
}

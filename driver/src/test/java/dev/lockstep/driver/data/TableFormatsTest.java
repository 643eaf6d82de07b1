package dev.lockstep.driver.data;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.struct;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lockstep.driver.DataException;
import dev.lockstep.driver.JobFileException;
import dev.lockstep.driver.data.rows.RowFormat;
import dev.lockstep.driver.data.rows.Selection;
import dev.lockstep.driver.data.rows.TargetSpec;
import dev.lockstep.driver.job.Data;
import dev.lockstep.driver.job.Features;
import dev.lockstep.driver.job.Source;
import dev.lockstep.driver.job.Validation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The same 20 rows in every format that Spark has: features i, 2i, 3i and label i mod 2. */
@Tag("spark")
class TableFormatsTest {
    private static final int ROWS = 20;
    private static final SparkSession SPARK = LocalSpark.session();

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"csv", "json", "parquet", "orc"})
    void everyFormatGivesTheSameRows(String format) {
        save(numbers(), format, 3);
        Data data = data(format).features("x0..x2").label("y");
        assertEquals(expected(), Loaded.rows(load(data, TargetSpec.classes(2)).training()));
    }

    @Test
    void libsvmHasItsOwnColumns() throws IOException {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < ROWS; i++) {
            text.append(i % 2)
                    .append(" 1:")
                    .append(i)
                    .append(" 2:")
                    .append(2 * i)
                    .append(" 3:")
                    .append(3 * i)
                    .append('\n');
        }
        Files.createDirectory(folder.resolve("data"));
        Files.writeString(folder.resolve("data/a.libsvm"), text);
        assertEquals(
                expected(),
                Loaded.rows(load(data("libsvm"), TargetSpec.classes(2)).training()));
    }

    @Test
    void sparseRowsNeedNotNameTheLastFeatures() throws IOException {
        Files.createDirectory(folder.resolve("data"));
        Files.writeString(folder.resolve("data/a.libsvm"), "1 1:5 4:6\n0 2:7\n");
        Files.writeString(folder.resolve("b.libsvm"), "1 1:5\n");
        Data data = data("libsvm")
                .shape(6)
                .validation(
                        Validation.from(new Source(folder.resolve("b.libsvm").toString())));
        TrainingData loaded = load(data, TargetSpec.classes(2));
        assertEquals(
                List.of(5f, 0f, 0f, 6f, 0f, 0f, 1f),
                Loaded.rows(loaded.training()).get(0));
        assertEquals(
                List.of(List.of(5f, 0f, 0f, 0f, 0f, 0f, 1f)),
                Loaded.rows(loaded.validation().orElseThrow()));
    }

    @Test
    void sequencesOfAnotherLengthSayWhatToDo() {
        save(arrays(row -> List.of(row, 2 * row)), "parquet", 1);
        String message = assertThrows(
                        DataException.class,
                        () -> load(data("parquet").features("a").shape(3, 1), TargetSpec.values()))
                .getMessage();
        assertTrue(
                message.startsWith("Features must fill the shape: file=")
                        && message.endsWith("row=1, features=2, shape=[3, 1] of 3. Pad all sequences to one length"),
                message);
    }

    @Test
    void indicesOfAnEmbeddingAreHeldToItsRows() throws IOException {
        Files.createDirectory(folder.resolve("data"));
        Data data = data("csv").features("w0..w1").label("y");
        refuseIndex(data, "w0,w1,y\n1,2,0\n3,10,1\n", "row=2, column=w1, value=10. The first layer");
        refuseIndex(data, "w0,w1,y\n-1,2,0\n", "row=1, column=w0, value=-1. The first layer");
        refuseIndex(data, "w0,w1,y\n1,2.5,0\n", "row=1, column=w1, value=2.5. The first layer");
    }

    private void refuseIndex(Data data, String text, String part) throws IOException {
        Files.writeString(folder.resolve("data/a.csv"), text);
        Selection selection = Selection.of(data, TargetSpec.values()).indices(10);
        String message = assertThrows(
                        DataException.class,
                        () -> TrainingData.load(
                                SPARK, data, selection, shape -> TargetSpec.values(), new DealSettings(2, 4, 1)))
                .getMessage();
        assertTrue(
                message.startsWith("Index must be a whole number from 0 to 9: file=") && message.contains(part),
                message);
    }

    @Test
    void withoutNamesAllColumnsButTheLabelAreFeatures() {
        save(numbers(), "parquet", 1);
        assertEquals(
                expected(),
                Loaded.rows(
                        load(data("parquet").label("y"), TargetSpec.classes(2)).training()));
    }

    @Test
    void columnsMayBeNamedByTheFirstAndTheLast() {
        save(numbers().withColumnRenamed("x1", "between"), "parquet", 1);
        Data data = data("parquet").features("x0..x2").label("y");
        DataException thrown = assertThrows(DataException.class, () -> load(data, TargetSpec.classes(2)));
        assertTrue(
                thrown.getMessage().startsWith("Column is not in the data: column=x1, nearest=x0, path="),
                thrown.getMessage());
        Data spanned = data("parquet").features("x0..between", "x2").label("y");
        assertEquals(
                expected(), Loaded.rows(load(spanned, TargetSpec.classes(2)).training()));
    }

    @Test
    void vectorsDenseAndSparseAreFeatures() {
        List<Row> rows = new ArrayList<>();
        for (int i = 0; i < ROWS; i++) {
            Vector dense = Vectors.dense(i, new double[] {2 * i, 3 * i});
            rows.add(RowFactory.create(i % 3 == 0 ? dense.toSparse() : dense, (double) (i % 2)));
        }
        StructType schema = new StructType().add("v", SQLDataTypes.VectorType()).add("y", DataTypes.DoubleType);
        save(SPARK.createDataFrame(rows, schema), "parquet", 1);
        Data data = data("parquet").features("v").label("y").shape(3, 1);
        assertEquals(expected(), Loaded.rows(load(data, TargetSpec.classes(2)).training()));
    }

    @Test
    void arraysAreFeaturesAndTargets() {
        save(arrays(row -> List.of(row, 2 * row)), "parquet", 2);
        TrainingData loaded = load(data("parquet").features("a").label("a"), TargetSpec.values());
        assertEquals(List.of(3f, 6f, 3f, 6f), Loaded.rows(loaded.training()).get(3));
        assertEquals(new RowFormat(1, 2, 2), loaded.training().plan().format());
    }

    @Test
    void aLongerArrayIsReported() {
        save(arrays(row -> row == 7 ? List.of(1, 2, 3) : List.of(row, 2 * row)), "parquet", 1);
        String message = assertThrows(
                        DataException.class, () -> load(data("parquet").features("a"), TargetSpec.values()))
                .getMessage();
        assertTrue(
                message.startsWith("Features of every row must be 2 numbers: file=")
                        && message.endsWith("row=8, column=a, value=3 numbers. Pad all sequences to one length"),
                message);
    }

    @Test
    void groupsGoToTheInputsOfTheNetwork() {
        save(numbers(), "parquet", 2);
        Data data = data("parquet")
                .features(Features.of("x0", "x1").and("x2", "x0"))
                .label("y");
        PackedData training = load(data, TargetSpec.values()).training();
        assertEquals(List.of(4f, 8f, 12f, 4f, 0f), Loaded.rows(training).get(4));
        assertEquals(new RowFormat(2, 2, 1), training.plan().format());
    }

    @Test
    void severalColumnsMayBeTheTarget() {
        save(numbers(), "parquet", 2);
        Data data = data("parquet").features("x0").label("x1", "x2");
        assertEquals(
                List.of(4f, 8f, 12f),
                Loaded.rows(load(data, TargetSpec.values()).training()).get(4));
    }

    @Test
    void whatDoesNotFitIsReported() {
        save(numbers().withColumn("both", struct(col("x0"), col("x1"))), "parquet", 1);
        expect(
                "Column must hold numbers, truth values, times or text, or vectors or arrays of them: column=both",
                data("parquet").features("both"));
        expect(
                "Features must fill the shape: path=",
                data("parquet").features("x0..x2").shape(2, 2));
        expect(
                "Groups of features must have equal numbers of features: path=",
                data("parquet").features(Features.of("x0").and("x1", "x2")));
        expect("Range of columns must rise: from=x2, to=x0", data("parquet").features("x2..x0"));
    }

    private void expect(String start, Data data) {
        String message = assertThrows(DataException.class, () -> load(data, TargetSpec.values()))
                .getMessage();
        assertTrue(message.startsWith(start), message);
    }

    @Test
    void damagedFilesAreReported() throws IOException {
        Files.createDirectory(folder.resolve("data"));
        Files.writeString(folder.resolve("data/a.parquet"), "this is no parquet file");
        expect("File must be of the format: path=", data("parquet").features("x0"));
    }

    @ParameterizedTest
    @CsvSource({
        "'1 1:5 4:6\\n', ', index=4, features=3. data.shape: [4] in the job makes room'",
        "'1 0:5\\n', 'Indices of a line must rise, from 1: path='",
        "'1 2:5 1:5\\n', ', line=1 2:5 1:5. Mend the file: libsvm counts features from 1.'",
        "'1 1:a\\n', 'Lines of libsvm must be a label and index:value with blanks between: path='",
        "'1 3\\n', 'Lines of libsvm must be a label and index:value with blanks between: path='",
        "'', 'Data must have rows: path='"
    })
    void libsvmThatDoesNotFitIsTold(String text, String part) throws IOException {
        Files.createDirectory(folder.resolve("data"));
        Files.writeString(folder.resolve("data/a.libsvm"), text.translateEscapes());
        Data data = text.startsWith("1 1:5") ? data("libsvm").shape(3) : data("libsvm");
        String message = assertThrows(
                        DataException.class,
                        () -> Loaded.rows(load(data, TargetSpec.classes(2)).training()))
                .getMessage();
        assertTrue(message.contains(part) && !message.contains("Exception"), message);
    }

    @Test
    void aRowThatIsNoJsonIsReported() throws IOException {
        Files.createDirectory(folder.resolve("data"));
        Files.writeString(folder.resolve("data/a.json"), "{\"x0\": 1}\n{\"x0\": \n");
        String message = assertThrows(
                        DataException.class, () -> load(data("json").features("x0"), TargetSpec.values()))
                .getMessage();
        assertTrue(message.startsWith("Row must be whole, on a line of its own: file="), message);
        assertTrue(message.contains("row=2, column=all, value={\"x0\":"), message);
        assertTrue(
                message.endsWith(
                        ". Where json is one array, or goes over several lines, options: {multiLine: true} reads it"),
                message);
    }

    @Test
    void aFormatThatNothingReadsIsTold() throws IOException {
        Files.createDirectory(folder.resolve("data"));
        for (String format : List.of("tabular", "avro")) {
            String message = assertThrows(
                            JobFileException.class, () -> load(data(format).features("x0"), TargetSpec.values()))
                    .getMessage();
            assertTrue(
                    message.startsWith("Format is not known: path=") && message.contains("format=" + format), message);
        }
    }

    private Data data(String format) {
        return new Data(new Source(folder.resolve("data").toString(), format, Map.of())).shuffle(false);
    }

    private static TrainingData load(Data data, TargetSpec targets) {
        return TrainingData.load(SPARK, data, targets, new DealSettings(2, 4, 1));
    }

    private void save(Dataset<Row> rows, String format, int files) {
        rows.repartitionByRange(files, rows.col(rows.columns()[0]))
                .write()
                .format(format)
                .option("header", true)
                .save(folder.resolve("data").toString());
    }

    private static Dataset<Row> numbers() {
        return SPARK.range(ROWS)
                .select(
                        col("id").cast("double").as("x0"),
                        col("id").multiply(2).as("x1"),
                        col("id").multiply(3).cast("float").as("x2"),
                        col("id").mod(2).cast("int").as("y"));
    }

    private static Dataset<Row> arrays(java.util.function.IntFunction<List<Integer>> array) {
        List<Row> rows = new ArrayList<>();
        for (int i = 0; i < ROWS; i++) {
            rows.add(RowFactory.create(i, array.apply(i).toArray(new Integer[0])));
        }
        StructType schema = new StructType()
                .add("id", DataTypes.IntegerType)
                .add("a", DataTypes.createArrayType(DataTypes.IntegerType));
        return SPARK.createDataFrame(rows, schema);
    }

    private static List<List<Float>> expected() {
        List<List<Float>> rows = new ArrayList<>();
        for (int i = 0; i < ROWS; i++) {
            rows.add(Arrays.asList((float) i, 2f * i, 3f * i, (float) (i % 2)));
        }
        return rows;
    }
}

package dev.lockstep.driver.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lockstep.driver.DataException;
import dev.lockstep.driver.JobFileException;
import dev.lockstep.driver.LockstepException;
import dev.lockstep.driver.data.LocalSpark;
import dev.lockstep.driver.data.encoding.Missing;
import dev.lockstep.driver.job.Features;
import dev.lockstep.driver.job.ModelFile;
import dev.lockstep.driver.job.Reading;
import dev.lockstep.driver.job.Source;
import dev.lockstep.driver.storage.FullDisk;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the command writes: the rows of files in their order. */
@Tag("spark")
class PredictionsTest {
    @TempDir
    private Path folder;

    private static TrainedModel model() {
        return SmallModel.colours(new Features(List.of(List.of("a", "b", "c"))));
    }

    private Predictions predictions(TrainedModel model, String path, String... keep) {
        return new Evaluation(LocalSpark.session(), model)
                .predict(new Source(folder.resolve(path).toString()), List.of(keep));
    }

    /** Three files, the last by name the largest: Spark would read it first. */
    private void write() throws IOException {
        Files.createDirectory(folder.resolve("data.csv"));
        int id = 0;
        for (int file = 0; file < 3; file++) {
            List<String> lines = new ArrayList<>(List.of("id,a,b,c"));
            for (int row = 0; row < 10 + 100 * file; row++) {
                lines.add(id + "," + id % 7 + "," + id % 5 + ".5,0");
                id++;
            }
            Files.write(folder.resolve("data.csv/part" + file + ".csv"), lines);
        }
    }

    @Test
    void filesComeByNameAndRowsAsTheyStand() throws IOException {
        write();
        try (Predictions predictions = predictions(model(), "data.csv", "id")) {
            List<Row> rows = predictions.rows().collectAsList();
            assertEquals(
                    IntStream.range(0, 330).mapToObj(Integer::toString).toList(),
                    rows.stream().map(row -> row.getString(0)).toList());
            assertEquals(
                    List.of("id", "prediction", "predicted_label", "p_red", "p_green", "p_blue"),
                    List.of(rows.get(0).schema().fieldNames()));
            predictions.write("csv", folder.resolve("out.csv").toString());
        }

        List<String> ids = new ArrayList<>();
        try (Stream<Path> parts = Files.list(folder.resolve("out.csv"))) {
            for (Path part : parts.filter(path -> path.toString().endsWith(".csv"))
                    .sorted()
                    .toList()) {
                Files.readAllLines(part).stream()
                        .map(line -> line.split(",")[0])
                        .filter(cell -> !cell.equals("id"))
                        .forEach(ids::add);
            }
        }
        assertEquals(IntStream.range(0, 330).mapToObj(Integer::toString).toList(), ids);
    }

    @Test
    void theFirstBadValueOfTheDataIsNamed() throws IOException {
        write();
        Files.writeString(folder.resolve("data.csv/part1.csv"), "id,a,b,c\n1,2,3,4\n2,x,3,4\n");
        Files.writeString(folder.resolve("data.csv/part2.csv"), "id,a,b,c\n3,y,3,4\n");
        assertEquals(
                "Value must be a number: file="
                        + folder.resolve("data.csv/part1.csv").toUri() + ", row=2, column=a, value=x",
                refused().replace("file:/tmp", "file:///tmp"));
    }

    @Test
    void aRowOfAnotherLengthAndAnotherHeaderAreRefused() throws IOException {
        write();
        Files.writeString(folder.resolve("data.csv/part1.csv"), "id,a,b,c\n1,2,3,4\n2,2\n");
        assertTrue(refused().startsWith("Row must have the columns of the header: file="), refused());
        Files.writeString(folder.resolve("data.csv/part1.csv"), "id,a,c,b\n1,2,3,4\n");
        assertTrue(refused().startsWith("Files must have the same header: file="), refused());
    }

    private String refused() {
        try (Predictions predictions = predictions(model(), "data.csv")) {
            String out = folder.resolve("none.csv").toString();
            return assertThrows(LockstepException.class, () -> predictions.write("csv", out))
                    .getMessage();
        }
    }

    @Test
    void aFullDiskIsNoFaultOfTheData() throws IOException {
        Files.writeString(folder.resolve("one.csv"), "a,b,c\n1,2,3\n");
        LocalSpark.session().sparkContext().hadoopConfiguration().set("fs.full.impl", FullDisk.class.getName());
        try (Predictions predictions = predictions(model(), "one.csv")) {
            String out = FullDisk.path(folder.resolve("full.csv")).toString();
            LockstepException full = assertThrows(LockstepException.class, () -> predictions.write("csv", out));
            assertTrue(
                    full.getMessage()
                            .startsWith("No space is left on a disk: output=" + out
                                    + ", reason=No space left on device. Free some, "),
                    full::getMessage);
            assertEquals(3, full.exitCode().code());
            assertFalse(Files.exists(folder.resolve("full.csv")), "the next command would find it there");
        }
    }

    /** Read with the training's separator; 007 is no number, and a gap keeps its row from a prediction. */
    @Test
    void columnsOfNumbersAreNumbersWhereAFormatHasThem() throws IOException {
        Files.writeString(folder.resolve("one.csv"), "id;a;b;c;note\n007;1;2.5;-3;x\n008;2;;3;4\n");
        ModelFile file = model().file().reading(new Reading("csv", Map.of("sep", ";")));
        TrainedModel model = new TrainedModel(file, model().members()).missing(new Missing.Skip());
        String out = folder.resolve("out.json").toString();
        try (Predictions predictions = predictions(model, "one.csv")) {
            assertEquals(new WrittenRows(2, 1), predictions.write("json", out).orElseThrow());
        }

        List<String> lines = new ArrayList<>();
        LocalSpark.session().read().text(out).collectAsList().forEach(row -> lines.add(row.getString(0)));
        assertTrue(
                lines.get(0).startsWith("{\"id\":\"007\",\"a\":1,\"b\":2.5,\"c\":-3,\"note\":\"x\",\"prediction\":"),
                lines::toString);
        assertEquals("{\"id\":\"008\",\"a\":2,\"c\":3,\"note\":\"4\"}", lines.get(1));
    }

    /** Digits that a double does not keep, and what it has no number for; but all digits of a double are. */
    @Test
    void whatWouldBeAnotherTextAsANumberStaysText() throws IOException {
        Files.writeString(
                folder.resolve("one.csv"),
                "id,zero,large,small,a,b,c\n123456789012345678,-0,1e999,1.2345678901234568e-05,1,2,3\n"
                        + "1.5,0,1,0.00012345678901234567,1,2,3\n123456789012345678,1,1,1,1,2,3\n");
        String out = folder.resolve("out.json").toString();
        try (Predictions predictions = predictions(model(), "one.csv")) {
            predictions.write("json", out);
        }
        List<String> lines = new ArrayList<>();
        LocalSpark.session().read().text(out).collectAsList().forEach(row -> lines.add(row.getString(0)));
        assertTrue(
                lines.get(0)
                        .startsWith(
                                "{\"id\":\"123456789012345678\",\"zero\":-0.0,\"large\":\"1e999\",\"small\":1.2345678901234568E-5,\"a\":1,"),
                lines::toString);
    }

    @Test
    void vectorsAreKeptWhereAFileCanHoldThem() throws IOException {
        LocalSpark.session()
                .range(5)
                .selectExpr("id", "array(double(id), 1.0D, 2.0D) as x")
                .coalesce(1)
                .write()
                .parquet(folder.resolve("data.parquet").toString());
        try (Predictions predictions = predictions(SmallModel.colours(Features.of("x")), "data.parquet")) {
            String said = assertThrows(
                            JobFileException.class,
                            () -> predictions.write(
                                    "csv", folder.resolve("out.csv").toString()))
                    .getMessage();
            assertEquals(
                    "A csv file cannot hold vectors, arrays or structures: columns=[x]. Name the columns to keep without"
                            + " them, as --keep id, or write .parquet, .json or .orc.",
                    said);
            assertFalse(Files.exists(folder.resolve("out.csv")));
            predictions.write("parquet", folder.resolve("out.parquet").toString());
        }
        List<Row> rows = LocalSpark.session()
                .read()
                .parquet(folder.resolve("out.parquet").toString())
                .collectAsList();
        assertEquals(5, rows.size());
        assertEquals(List.of(3.0, 1.0, 2.0), rows.get(3).getList(1));
    }

    /** The session is somebody else's and keeps its settings. */
    @Test
    void tablesThatSparkKnowsAreTakenByTheirNames() {
        LocalSpark.session()
                .range(5)
                .selectExpr("id", "double(id) as a", "1.0D as b", "2.0D as c")
                .createOrReplaceTempView("predicted");
        String cost = LocalSpark.session().conf().get("spark.sql.files.openCostInBytes");
        Source source = Source.table("predicted");
        try (Predictions predictions = new Evaluation(LocalSpark.session(), model()).predict(source, List.of("id"))) {
            List<Row> rows = predictions.rows().orderBy("id").collectAsList();
            assertEquals(5, rows.size());
            assertEquals(4L, rows.get(4).<Long>getAs("id"));
            assertEquals(
                    List.of("id", "prediction", "predicted_label", "p_red", "p_green", "p_blue"),
                    List.of(rows.get(0).schema().fieldNames()));
        }
        assertEquals(cost, LocalSpark.session().conf().get("spark.sql.files.openCostInBytes"));
    }

    @Test
    void drawnTablesAreTables() {
        Source source = new Source(folder.resolve("drawn").toString(), Source.CLICKS, Map.of("examples", "20"));
        TrainedModel model = SmallModel.colours(new Features(List.of(List.of("hour", "age", "clicked"))));
        String out = folder.resolve("out.json").toString();
        try (Predictions predictions =
                new Evaluation(LocalSpark.session(), model).predict(source, List.of("hour", "city"))) {
            assertEquals(new WrittenRows(20, 20), predictions.write("json", out).orElseThrow());
        }
        assertEquals(
                "bigint",
                LocalSpark.session()
                        .read()
                        .json(out)
                        .schema()
                        .apply("hour")
                        .dataType()
                        .simpleString());
    }

    @Test
    void libsvmNeedsNoNames() throws IOException {
        Files.writeString(folder.resolve("data.libsvm"), "0 1:1 3:2\n1 2:5\n");
        Source source = new Source(folder.resolve("data.libsvm").toString(), "libsvm", Map.of());
        TrainedModel model = SmallModel.colours(Features.ALL);
        try (Predictions predictions = new Evaluation(LocalSpark.session(), model).predict(source, List.of())) {
            List<Row> rows = predictions.rows().collectAsList();
            assertEquals(2, rows.size());
            assertEquals(
                    Vectors.sparse(3, new int[] {1}, new double[] {5}),
                    rows.get(1).getAs("features"));
        }
    }

    @Test
    void rowsWithoutColumnsAreNumbered() {
        Source source = new Source(null, "random", Map.of("examples", "2000", "classes", "3"));
        try (Predictions predictions =
                new Evaluation(LocalSpark.session(), SmallModel.colours(Features.ALL)).predict(source, List.of())) {
            List<Row> rows = predictions.rows().collectAsList();
            assertEquals(2000, rows.size());
            assertEquals(1234, rows.get(1234).<Long>getAs("row"));
            assertEquals("row", rows.get(0).schema().fieldNames()[0]);
        }
        String said = assertThrows(DataException.class, () -> new Evaluation(
                                LocalSpark.session(), SmallModel.colours(Features.ALL))
                        .predict(source, List.of("x")))
                .getMessage();
        assertTrue(said.startsWith("Format must have columns for some to be kept: "), said);
    }
}

package dev.lockstep.driver.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lockstep.driver.DataException;
import dev.lockstep.driver.data.rows.TargetSpec;
import dev.lockstep.driver.job.Data;
import dev.lockstep.driver.job.Source;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Headers as other programs write them. */
@Tag("spark")
class CsvHeaderTest {
    @TempDir
    Path folder;

    @Test
    void aBlankNameIsNoFeature() throws IOException {
        write("a.csv", ",rain,wind,y\n0,3,4,1\n1,5,6,0\n");
        write("b.csv", ",rain,wind,y\n0,7,8,1\n");
        List<List<Float>> expected = List.of(List.of(3f, 4f, 1f), List.of(5f, 6f, 0f), List.of(7f, 8f, 1f));

        TrainingData every = load(csv().label("y"));
        assertEquals(List.of(List.of("rain", "wind")), every.features());
        assertEquals(expected, Loaded.rows(every.training()));
        assertEquals(
                expected,
                Loaded.rows(load(csv().features("rain", "wind").label("y")).training()));
        refuse(csv().features("").label("y"), "Column must have a name to be used: column=\"\", path=", "columns=[1]");
    }

    @Test
    void twinsMatterToWhoeverNamesThemAlone() throws IOException {
        write("a.csv", "rain,wind,rain,y\n1,2,3,0\n");
        TrainingData data = load(csv().features("wind").label("y"));
        assertEquals(List.of(List.of(2f, 0f)), Loaded.rows(data.training()));
        refuse(
                csv().features("rain").label("y"),
                "Header must have a column's name once: column=rain, path=",
                "columns=[1, 3]. Rename one");
        refuse(csv().label("y"), "Header must have a column's name once: column=rain", "columns=[1, 3]");
    }

    @Test
    void upperAndLowerCaseAreNotTheSame() throws IOException {
        write("a.csv", "x,X,y\n1,2,0\n");
        assertEquals(
                List.of(List.of(2f, 1f, 0f)),
                Loaded.rows(load(csv().features("X", "x").label("y")).training()));
        Files.writeString(folder.resolve("data/a.csv"), "");
        Files.writeString(folder.resolve("a.json"), "{\"x\": 1, \"X\": 2, \"y\": 0}\n");
        Data json = new Data(new Source(folder.resolve("a.json").toString()))
                .features("X", "x")
                .label("y");
        assertEquals(List.of(List.of(2f, 1f, 0f)), Loaded.rows(load(json).training()));
    }

    @Test
    void othersThanTheColumnsInUseMayDiffer() throws IOException {
        write("a.csv", "x,note,y\n1,2,0\n");
        write("b.csv", "x,remark,y\n3,4,1\n");
        assertEquals(
                List.of(List.of(1f, 0f), List.of(3f, 1f)),
                Loaded.rows(load(csv().features("x").label("y")).training()));
        write("b.csv", "x,y\n3,1\n");
        refuse(csv().features("x").label("y"), "Files must have the same header: file=", "row=header, column=all");
    }

    @Test
    void aHeaderThatIsEnforcedIsNotCompared() throws IOException {
        write("a.csv", "x,y\n1,0\n");
        write("b.csv", "value,y\n3,1\n");
        Source source = new Source(folder.resolve("data").toString(), "csv", Map.of("enforceSchema", "true"));
        assertEquals(
                2, load(new Data(source).label("y").shuffle(false)).training().examples());
    }

    @Test
    void filesMayHaveNoHeader() throws IOException {
        write("a.csv", "1,2,0\n3,4,1\n");
        Source source = new Source(folder.resolve("data").toString(), "csv", Map.of("Header", "False"));
        Data data = new Data(source).features("_c0.._c1").label("_c2").shuffle(false);
        assertEquals(
                List.of(List.of(1f, 2f, 0f), List.of(3f, 4f, 1f)),
                Loaded.rows(load(data).training()));
    }

    @Test
    void whatFoldersNamesTellStandsBehindTheColumns() throws IOException {
        write("year=2023/a.csv", "x,y\n1,0\n");
        write("year=2024/a.csv", "x,y\n2,1\n");
        TrainingData data = load(csv().label("y"));
        assertEquals(List.of(List.of("x", "year")), data.features());
        assertEquals(List.of(List.of(1f, 2023f, 0f), List.of(2f, 2024f, 1f)), Loaded.rows(data.training()));
    }

    @Test
    void anEmptyFileHasNoRows() throws IOException {
        write("a.csv", "");
        refuse(csv().features("x").label("y"), "Data must have rows: path=", "format=csv");
    }

    @Test
    void truthValuesAreOneAndZero() throws IOException {
        write("a.csv", "x,y\n1,True\n2,False\n3,true\n");
        assertEquals(
                List.of(List.of(1f, 1f), List.of(2f, 0f), List.of(3f, 1f)),
                Loaded.rows(load(csv().features("x").label("y")).training()));
    }

    /** So wide a table makes its session interpret what others compile, and this one is that of all tests. */
    @AfterEach
    void compileAgain() {
        LocalSpark.session().conf().unset("spark.sql.codegen.factoryMode");
    }

    /** More than Spark takes by itself. */
    @Test
    void manyThousandColumnsAreRead() throws IOException {
        int columns = 21_000;
        String header = IntStream.range(0, columns).mapToObj(i -> "x" + i).collect(Collectors.joining(","));
        String row = IntStream.range(0, columns).mapToObj(i -> "" + i % 7).collect(Collectors.joining(","));
        write("a.csv", header + ",y\n" + row + ",1\n" + row + ",0\n");
        TrainingData data = load(csv().features("x1", "x20999").label("y"));
        assertEquals(
                List.of(List.of(1f, 20_999 % 7 + 0f, 1f), List.of(1f, 20_999 % 7 + 0f, 0f)),
                Loaded.rows(data.training()));
    }

    private void refuse(Data data, String start, String part) {
        String message = assertThrows(DataException.class, () -> load(data)).getMessage();
        assertTrue(message.startsWith(start) && message.contains(part), message);
        assertEquals(1, message.lines().count(), message);
    }

    private Data csv() {
        return new Data(new Source(folder.resolve("data").toString(), "csv", Map.of())).shuffle(false);
    }

    private static TrainingData load(Data data) {
        return TrainingData.load(LocalSpark.session(), data, TargetSpec.classes(0), new DealSettings(2, 2, 1));
    }

    private void write(String name, String text) throws IOException {
        Path file = folder.resolve("data").resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }
}

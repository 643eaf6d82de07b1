package dev.lockstep.driver.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lockstep.driver.DataException;
import dev.lockstep.driver.data.encoding.Missing;
import dev.lockstep.driver.data.rows.TargetSpec;
import dev.lockstep.driver.job.Data;
import dev.lockstep.driver.job.Source;
import dev.lockstep.driver.job.Validation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("spark")
class CsvTest {
    @TempDir
    Path folder;

    @Test
    void rowsKeepTheSourcesOrder() throws IOException {
        write("b.csv", "x0,x1,y\n5,6,1\n");
        write("a.csv", "x0,x1,y\n1,2,0\n3,4,1\n");
        assertEquals(
                List.of(List.of(1f, 2f, 0f), List.of(3f, 4f, 1f), List.of(5f, 6f, 1f)),
                Loaded.rows(load(TargetSpec.classes(0)).training()));
    }

    @Test
    void classesAreCounted() throws IOException {
        write("a.csv", "x0,x1,y\n1,2,0\n3,4,6\n");
        assertEquals(7, load(TargetSpec.classes(0)).classes());
    }

    @Test
    void badValuesAreReported() throws IOException {
        expect("x0,x1,y\n1,2,0\n3,NaN,0\n", "Value must be finite: file=", "a.csv, row=2, column=x1, value=NaN");
        expect("x0,x1,y\n1,2,0\n3,inf,0\n", "Value must be a number: file=", "row=2, column=x1, value=inf");
        expect("x0,x1,y\n1,,0\n", "Value must not be empty: file=", "row=1, column=x1, value=null");
        expect("x0,x1,y\n1,1e39,0\n", "Value must fit a 32-bit float: file=", "row=1, column=x1, value=1.0E39");
        expect("x0,x1,y\n1,2\0x,0\n", "Value must be a number: file=", "row=1, column=x1, value=2\\u0000x");
        expect("x0,x1,y\n1,2d,0\n", "Value must be a number: file=", "row=1, column=x1, value=2d");
        expect(
                "x0,x1,y\n1,2,0\n1,2,1\n1,2,2\n1,2,3\n",
                "Label must be a class number from 0 to 2: file=",
                "row=4, column=y, value=3");
        expect(
                "x0,x1,y\n1,2,0.5\n1,2,0\n1,2,1\n1,2,2\n",
                "Label must be a class number from 0 to 2: file=",
                "column=y, value=0.5");
        expect(
                "x0,x1,y\n1,2,-1\n1,2,0\n1,2,1\n1,2,2\n",
                "Label must be a class number from 0 to 2: file=",
                "column=y, value=-1");
        expect(
                "x0,x1,y\n1,2,0\n1,2\n",
                "Row must have the columns of the header: file=",
                "row=2, column=all, value=1,2");
        expect("x0,x1,y\n1,2,0,9\n", "Row must have the columns of the header: file=", "value=1,2,0,9");
        expect("x0,z1,y\n1,2,0\n", "Column is not in the data: column=x1, nearest=x0", "columns=[x0, z1, y");
        expect("x0,x1,y\n", "Data must have rows: path=", "format=csv");
    }

    @Test
    void filesWithDifferentHeadersAreReported() throws IOException {
        write("a.csv", "x0,x1,y\n1,2,0\n");
        write("b.csv", "x1,x0,y\n1,2,0\n");
        String message = assertThrows(DataException.class, () -> load(TargetSpec.values()))
                .getMessage();
        assertTrue(message.startsWith("Files must have the same header: file="), message);
        assertTrue(message.endsWith(".csv, row=header, column=x0, value=x1"), message);
    }

    @Test
    void validationIsReadAsTheTrainingDataAre() throws IOException {
        write("a.csv", "x0;x1;y\n1;2;0\nNA;2;0\n");
        Files.createDirectory(folder.resolve("held"));
        write("held/b.csv", "x0;x1;y\n5;6;1\nNA;7;0\n");
        Source train = new Source(folder.resolve("a.csv").toString())
                .option("sep", ";")
                .option("nullValue", "NA");
        Data data = new Data(train)
                .validation(Validation.from(new Source(folder.resolve("held").toString(), "csv", Map.of())))
                .features("x0..x1")
                .label("y")
                .missing(new Missing.Skip());
        TrainingData read =
                TrainingData.load(LocalSpark.session(), data, TargetSpec.classes(2), new DealSettings(2, 2, 1));
        assertEquals(List.of(List.of(5f, 6f, 1f)), Loaded.rows(read.validation().orElseThrow()));
    }

    @Test
    void aMissingFileIsReported() {
        Data data = new Data(new Source(folder.resolve("none.csv").toString()));
        String message = assertThrows(
                        DataException.class,
                        () -> TrainingData.load(
                                LocalSpark.session(), data, TargetSpec.values(), new DealSettings(1, 1, 1)))
                .getMessage();
        assertTrue(message.startsWith("Path does not exist: path="), message);
        assertTrue(message.contains("none.csv, format=csv. In a job file, a relative path starts at"), message);
    }

    private void expect(String text, String start, String part) throws IOException {
        write("a.csv", text);
        String message = assertThrows(DataException.class, () -> load(TargetSpec.classes(3)), text)
                .getMessage();
        assertTrue(message.startsWith(start) && message.contains(part), message);
        assertEquals(1, message.lines().count(), message);
    }

    private TrainingData load(TargetSpec targets) {
        Data data = new Data(new Source(folder.toString(), "csv", Map.of()))
                .features("x0..x1")
                .label("y")
                .shuffle(false);
        return TrainingData.load(LocalSpark.session(), data, targets, new DealSettings(2, 2, 1));
    }

    private void write(String name, String text) throws IOException {
        Files.writeString(folder.resolve(name), text);
    }
}

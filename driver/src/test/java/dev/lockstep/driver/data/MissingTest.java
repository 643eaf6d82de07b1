package dev.lockstep.driver.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lockstep.driver.DataException;
import dev.lockstep.driver.data.encoding.Missing;
import dev.lockstep.driver.data.preprocess.Center;
import dev.lockstep.driver.data.rows.TargetSpec;
import dev.lockstep.driver.job.Data;
import dev.lockstep.driver.job.Source;
import dev.lockstep.driver.job.Validation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Null, NaN and empty cells of features. */
@Tag("spark")
class MissingTest {
    @TempDir
    Path folder;

    @BeforeEach
    void write() throws IOException {
        write("a.csv", "a,b,y\n1,2,0\n,4,1\n3,nan,2\n8,6,3\n");
        write("b.csv", "a,b,y\n,NaN,4\n");
    }

    @Test
    void aGapIsRefusedByDefault() {
        String message = assertThrows(DataException.class, () -> load(csv())).getMessage();
        assertTrue(
                message.startsWith("Value must not be empty: file=")
                        && message.contains("a.csv, row=2, column=a, value=null. data.missing fills gaps"),
                message);
    }

    @Test
    void rowsWithGapsAreLeftOutAndTheOthersKeepTheirNumbers() throws IOException {
        Data data = csv().missing(new Missing.Skip());
        assertEquals(
                List.of(List.of(1f, 2f, 0f), List.of(8f, 6f, 3f)),
                Loaded.rows(load(data).training()));
        write("a.csv", "a,b,y\n1,2,0\n,4,1\n3,nan,2\n8,bad,3\n");
        String message = assertThrows(DataException.class, () -> load(data)).getMessage();
        assertTrue(message.startsWith("Value must be a number: file="), message);
        assertTrue(message.endsWith("a.csv, row=4, column=b, value=bad"), message);
    }

    @Test
    void ofGapsAloneNothingIsLeft() throws IOException {
        write("a.csv", "a,b,y\n,1,2\n");
        String message = assertThrows(DataException.class, () -> load(csv().missing(new Missing.Skip())))
                .getMessage();
        assertTrue(message.startsWith("Data must have rows: path="), message);
        assertTrue(message.endsWith(", left out for gaps=2 of 2"), message);
    }

    @Test
    void theMeanOfTheOthersFills() {
        assertEquals(
                List.of(
                        List.of(1f, 2f, 0f),
                        List.of(4f, 4f, 1f),
                        List.of(3f, 4f, 2f),
                        List.of(8f, 6f, 3f),
                        List.of(4f, 4f, 4f)),
                Loaded.rows(load(csv().missing(new Missing.Mean())).training()));
    }

    @Test
    void theMedianOfTheOthersFillsAndAnIndicatorTells() throws IOException {
        write("b.csv", "a,b,y\n2,NaN,4\n");
        TrainingData data = load(csv().missing(new Missing.Median(/* indicator */ true)));
        assertEquals(
                List.of(
                        List.of(1f, 2f, 0f, 0f, 0f),
                        List.of(2.5f, 4f, 1f, 0f, 1f),
                        List.of(3f, 4f, 0f, 1f, 2f),
                        List.of(8f, 6f, 0f, 0f, 3f),
                        List.of(2f, 4f, 0f, 1f, 4f)),
                Loaded.rows(data.training()));
        assertEquals(List.of(4), data.shape());
        assertEquals(List.of(2), data.rawShape());
    }

    @Test
    void aConstantFillsBeforeWhatFollows() {
        Data data =
                csv().missing(new Missing.Constant(3, /* indicator */ false)).preprocess(new Center());
        // Means of 1, 3, 3, 8, 3 and of 2, 4, 3, 6, 3, in a 32-bit float.
        assertEquals(
                List.of((float) (3 - 3.6), (float) (4 - 3.6), 1f),
                Loaded.rows(load(data).training()).get(1));
    }

    /** What is held out must not be learned from. */
    @Test
    void onlyTrainingRowsFill() throws IOException {
        write("a.csv", "a,b,y\n1,1,0\n5,1,0\n");
        Path other = Files.createDirectory(folder.resolve("other"));
        Files.writeString(other.resolve("v.csv"), "b,a,y\n1,,0\n1,1000,0\n");
        Data data = csv().missing(new Missing.Mean())
                .validation(Validation.from(new Source(other.toString(), "csv", Map.of())));
        write("b.csv", "a,b,y\n,1,0\n");
        TrainingData loaded = load(data);
        assertEquals(List.of(3f, 1f, 0f), Loaded.rows(loaded.training()).get(2));
        assertEquals(
                List.of(List.of(3f, 1f, 0f), List.of(1000f, 1f, 0f)),
                Loaded.rows(loaded.validation().orElseThrow()));
    }

    @Test
    void aFeatureThatIsAllGapsHasNothingToFillItWith() throws IOException {
        write("a.csv", "a,b,y\n,1,0\n,2,0\n");
        String message = assertThrows(DataException.class, () -> load(csv().missing(new Missing.Mean())))
                .getMessage();
        assertEquals(
                "Feature must have a value in some training row, for gaps to be filled with: feature=a, rows=3."
                        + " Leave it out of data.features, or use data.missing: {constant: 0}.",
                message);
    }

    @Test
    void vectorsAndArraysHaveGapsToo() {
        Dataset<Row> table = LocalSpark.session()
                .sql("select array(1d, double('NaN')) v, 0 y union all select array(null, 4d), 1"
                        + " union all select null, 2 union all select array(3d, 2d), 3")
                .coalesce(1);
        table.write().parquet(folder.resolve("arrays").toString());
        Source source = new Source(folder.resolve("arrays").toString(), "parquet", Map.of());
        Data data = new Data(source).features("v").label("y").shuffle(false);

        assertEquals(
                List.of(List.of(3f, 2f, 3f)),
                Loaded.rows(load(data.missing(new Missing.Skip())).training()));
        String message = assertThrows(DataException.class, () -> load(data.missing(new Missing.Mean())))
                .getMessage();
        assertTrue(
                message.startsWith("Value must not be empty: file=")
                        && message.endsWith("row=3, column=v, value=null. data.missing: skip leaves such rows out"),
                message);
    }

    private Data csv() {
        return new Data(new Source(folder + "/*.csv", "csv", Map.of()))
                .features("a", "b")
                .label("y")
                .shuffle(false);
    }

    private static TrainingData load(Data data) {
        return TrainingData.load(LocalSpark.session(), data, TargetSpec.values(), new DealSettings(2, 2, 1));
    }

    private void write(String name, String text) throws IOException {
        Files.writeString(folder.resolve(name), text);
    }
}

package dev.lockstep.driver.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lockstep.driver.DataException;
import dev.lockstep.driver.data.preprocess.MinMax;
import dev.lockstep.driver.data.rows.TargetSpec;
import dev.lockstep.driver.job.Data;
import dev.lockstep.driver.job.Source;
import dev.lockstep.driver.job.Validation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Numbers with more digits than a 32-bit float has. */
@Tag("spark")
class ExactFeaturesTest {
    @TempDir
    Path folder;

    @Test
    void preprocessingSeesAllDigits() throws IOException {
        Data data = data("when,depth,y\n1700000000,100000.001,1\n1700000001,100000.002,2\n1700000004,100000.005,3\n")
                .preprocess(new MinMax());
        Data checked = data.validation(
                Validation.from(new Source(folder.resolve("a.csv").toString())));
        TrainingData loaded = load(checked);
        for (PackedData side : List.of(loaded.training(), loaded.validation().orElseThrow())) {
            List<List<Float>> rows = Loaded.rows(side);
            assertEquals(
                    List.of(0f, 0.25f, 1f), rows.stream().map(row -> row.get(0)).toList());
            assertEquals(0.25f, rows.get(1).get(1), 1e-6f);
        }
    }

    @Test
    void aWholeNumberThatWouldBecomeAnotherIsRefused() throws IOException {
        refuse("when,depth,y\n16777216,0,1\n16777217,0,2\n", "row=2, column=when, value=16777217. Those above");
        refuse("when,depth,y\n1,0,1\n2,0,1700000001\n", "row=2, column=y, value=1700000001. Those above");
        // What a float holds, and what has been rounded by whoever wrote it, may stand.
        assertEquals(
                2,
                load(data("when,depth,y\n1099511627776,0.1,1\n33554432,6.02214076e23,2\n"))
                        .training()
                        .examples());
    }

    private void refuse(String text, String part) throws IOException {
        Data data = data(text);
        String message = assertThrows(DataException.class, () -> load(data)).getMessage();
        assertTrue(
                message.startsWith("Whole number must be one of those that a 32-bit float holds: file=")
                        && message.contains(part),
                message);
    }

    private Data data(String text) throws IOException {
        Files.writeString(folder.resolve("a.csv"), text);
        return new Data(new Source(folder.resolve("a.csv").toString()))
                .features("when", "depth")
                .label("y")
                .shuffle(false);
    }

    private static TrainingData load(Data data) {
        return TrainingData.load(LocalSpark.session(), data, TargetSpec.values(), new DealSettings(2, 2, 1));
    }
}

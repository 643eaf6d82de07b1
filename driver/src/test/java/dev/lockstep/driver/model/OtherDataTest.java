package dev.lockstep.driver.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lockstep.driver.DataException;
import dev.lockstep.driver.JobFileException;
import dev.lockstep.driver.data.LocalSpark;
import dev.lockstep.driver.job.JobFile;
import dev.lockstep.driver.job.Source;
import dev.lockstep.driver.report.Listeners;
import dev.lockstep.driver.train.Trainer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A model is put to data whose columns stand elsewhere than in training. */
@Tag("spark")
class OtherDataTest {
    private static final int ROWS = 40;

    @TempDir
    static Path folder;

    private static TrainedModel model;

    @BeforeAll
    static void train() throws IOException {
        StringBuilder text = new StringBuilder("kind,height,width,weight\n");
        StringBuilder moved = new StringBuilder(",weight,city,width,kind,height\n");
        for (int i = 0; i < ROWS; i++) {
            String height = Integer.toString(i % 7);
            String width = Integer.toString(100 + i % 5);
            String weight = Integer.toString(i % 3 - 20);
            text.append(String.join(",", i % 2 + "", height, width, weight)).append('\n');
            moved.append(String.join(",", i + "", weight, "town " + i, width, i % 2 + "", height))
                    .append('\n');
        }
        Files.writeString(folder.resolve("train.csv"), text);
        Files.writeString(folder.resolve("moved.csv"), moved);
        Files.writeString(
                folder.resolve("job.yaml"),
                """
                data: {train: {path: train.csv}, validation: {path: moved.csv}, label: kind, preprocess: [standardize]}
                model: {layers: [linear: 4, tanh, linear: 2]}
                loss: cross_entropy
                optimizer: {adam: {lr: 0.05}}
                train: {epochs: 2, batch: 8, workers: 2, seed: 3}
                """);
        new Trainer(
                        LocalSpark.session(),
                        JobFile.read(folder.resolve("job.yaml"), List.of("output=" + folder.resolve("out"))),
                        Listeners.of())
                .run();
        model = new ModelFolder(
                        new org.apache.hadoop.fs.Path(
                                folder.resolve("out/model").toUri()),
                        new Configuration())
                .read();
    }

    @Test
    void theModelKnowsItsColumnsByName() {
        assertEquals(
                List.of(List.of("height", "width", "weight")),
                model.file().features().groups());
    }

    @Test
    void columnsAreFoundWhereverTheyStand() {
        Evaluation evaluation = new Evaluation(LocalSpark.session(), model);
        assertEquals(
                evaluation.measure(source("train.csv")).figures(),
                evaluation.measure(source("moved.csv")).figures());
    }

    @Test
    void aColumnThatIsMissingIsReported() throws IOException {
        Files.writeString(folder.resolve("less.csv"), "kind,height,width\n1,2,3\n");
        String message = assertThrows(DataException.class, () -> new Evaluation(LocalSpark.session(), model)
                        .measure(source("less.csv")))
                .getMessage();
        assertTrue(message.startsWith("Column is not in the data: column=weight, nearest=height, path="), message);
    }

    @Test
    void columnsMayStandBesideThePredictions() {
        List<Row> plain = predicted("train.csv", List.of());
        List<Row> kept = predicted("moved.csv", List.of("city", "weight"));
        assertEquals(ROWS, kept.size());
        assertEquals(
                List.of("city", "weight", "prediction", "p0", "p1"),
                List.of(kept.get(0).schema().fieldNames()));
        for (int i = 0; i < ROWS; i++) {
            assertEquals("town " + i, kept.get(i).getString(0));
            assertEquals(Integer.toString(i % 3 - 20), kept.get(i).getString(1));
            assertEquals(plain.get(i).<Integer>getAs("prediction"), kept.get(i).getInt(2));
            assertEquals(plain.get(i).<Double>getAs("p0"), kept.get(i).getDouble(3));
        }
    }

    @Test
    void allColumnsWithANameStandBesideThePredictions() {
        assertEquals(
                List.of("weight", "city", "width", "kind", "height", "prediction", "p0", "p1"),
                List.of(predicted("moved.csv", List.of()).get(0).schema().fieldNames()));
    }

    @Test
    void columnsMayNotTakeThePredictionsNames() throws IOException {
        Files.writeString(folder.resolve("named.csv"), "height,width,weight,p1\n1,2,3,4\n");
        String message = assertThrows(JobFileException.class, () -> predicted("named.csv", List.of("p1")))
                .getMessage();
        assertTrue(
                message.startsWith("Columns of predictions must have other names than those of the data: column=p1,"));
    }

    private static List<Row> predicted(String name, List<String> keep) {
        try (Predictions predictions = new Evaluation(LocalSpark.session(), model).predict(source(name), keep)) {
            return predictions.rows().collectAsList();
        }
    }

    private static Source source(String name) {
        return new Source(folder.resolve(name).toString());
    }
}

package dev.lockstep.driver.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lockstep.driver.data.LocalSpark;
import dev.lockstep.driver.job.Job;
import dev.lockstep.driver.job.JobFile;
import dev.lockstep.driver.job.Source;
import dev.lockstep.driver.report.Listeners;
import dev.lockstep.driver.train.TrainResult;
import dev.lockstep.driver.train.Trainer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A model that was trained on the real digits, 8×8, and read back from its folder. */
@Tag("spark")
class EvaluationTest {
    @TempDir
    static Path folder;

    private static TrainResult trained;

    @BeforeAll
    static void train() throws IOException {
        List<String> lines = Files.readAllLines(Path.of("src/test/resources/golden/digits.csv"));
        Files.write(folder.resolve("train.csv"), rows(lines, i -> i % 10 != 5));
        Files.write(folder.resolve("test.csv"), rows(lines, i -> i % 10 == 5));
        Files.writeString(
                folder.resolve("job.yaml"),
                """
                data:
                  train: {path: train.csv, options: {header: true}}
                  validation: {path: test.csv, options: {header: true}}
                  features: x0..x63
                  label: label
                  shape: [1, 8, 8]
                  preprocess: [standardize]
                model:
                  layers:
                    - conv2d: {out: 32, kernel: 3, padding: 1}
                    - batch_norm2d
                    - relu
                    - conv2d: {out: 32, kernel: 3, padding: 1}
                    - relu
                    - max_pool2d: 2
                    - flatten
                    - {dropout: 0.3}
                    - linear: 10
                loss: cross_entropy
                optimizer: {adam: {lr: 2.0e-3}}
                train: {epochs: 15, batch: 32, workers: 2, seed: 4}
                metrics: [accuracy]
                """);
        Job job = JobFile.read(folder.resolve("job.yaml"), List.of("output=" + folder.resolve("out")));
        trained = new Trainer(LocalSpark.session(), job, Listeners.of()).run();
    }

    /** The header and some of the rows. */
    private static List<String> rows(List<String> lines, IntPredicate chosen) {
        return IntStream.range(0, lines.size())
                .filter(i -> i == 0 || chosen.test(i))
                .mapToObj(lines::get)
                .toList();
    }

    @Test
    void learnsRealDigits() {
        assertTrue(trained.validation().get("accuracy") > 0.97, () -> "held-out tenth: " + trained.validation());
    }

    @Test
    void measuresWhatTrainingMeasured() throws IOException {
        Map<String, Double> figures =
                new Evaluation(LocalSpark.session(), model()).measure(test()).figures();

        assertEquals(trained.validation().get("accuracy"), figures.get("accuracy"));
        assertEquals(trained.validation().get("loss"), figures.get("loss"), 1e-6);
    }

    @Test
    void predictsInTheSourcesOrder() throws IOException {
        List<Row> rows;
        try (Predictions predictions = new Evaluation(LocalSpark.session(), model()).predict(test(), List.of())) {
            rows = predictions.rows().collectAsList();
        }

        List<String> lines = Files.readAllLines(folder.resolve("test.csv"));
        int right = 0;
        for (int i = 0; i < rows.size(); i++) {
            String label = rows.get(i).getAs("label");
            assertTrue(lines.get(i + 1).endsWith("," + label));
            right += label.equals(rows.get(i).getAs("prediction").toString()) ? 1 : 0;
        }
        assertEquals(lines.size() - 1, rows.size());
        assertEquals(trained.validation().get("accuracy"), (double) right / rows.size(), 1e-12);
    }

    private static TrainedModel model() throws IOException {
        return new ModelFolder(
                        new org.apache.hadoop.fs.Path(
                                folder.resolve("out/model").toUri()),
                        new Configuration())
                .read();
    }

    private static Source test() {
        return new Source(folder.resolve("test.csv").toString()).option("header", "true");
    }
}

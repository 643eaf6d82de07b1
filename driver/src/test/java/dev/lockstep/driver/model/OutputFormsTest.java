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
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Models whose output is not one row of scores are evaluated and predict as well. */
@Tag("spark")
class OutputFormsTest {
    private static final int ROWS = 60;

    @TempDir
    static Path folder;

    @BeforeAll
    static void writeData() throws IOException {
        StringBuilder text = new StringBuilder("a0,a1,b0,b1,alike,kind\n");
        for (int row = 0; row < ROWS; row++) {
            double a = Math.sin(row);
            double b = Math.cos(2 * row);
            text.append(a + "," + b + "," + b + "," + a + "," + (a * b > 0 ? "1,1" : "-1,0") + "\n");
        }
        Files.writeString(folder.resolve("data.csv"), text);
    }

    private static Dataset<Row> predicted(String name, String job) throws IOException {
        Path file = folder.resolve(name + ".yaml");
        Files.writeString(
                file,
                job
                        + """
                          optimizer: {adam: {lr: 0.01}}
                          train: {epochs: 1, batch: 16, workers: 2}
                          """);
        Job read = JobFile.read(
                file,
                List.of(
                        "data.train.path=data.csv",
                        "data.validation={path: data.csv}",
                        "output=" + folder.resolve(name)));
        TrainResult trained = new Trainer(LocalSpark.session(), read, Listeners.of()).run();
        Path model = folder.resolve(name + "/model");
        Evaluation evaluation = new Evaluation(
                LocalSpark.session(),
                new ModelFolder(new org.apache.hadoop.fs.Path(model.toUri()), new Configuration()).read());
        Source data = new Source(folder.resolve("data.csv").toString());
        assertEquals(
                trained.validation().get("loss"),
                evaluation.measure(data).figures().get("loss"),
                1e-6);
        Dataset<Row> rows = evaluation.predict(data, List.of("b0")).rows();
        assertEquals(ROWS, rows.collectAsList().size());
        return rows;
    }

    @Test
    void pairsGiveTheOutputOfEachGroup() throws IOException {
        Dataset<Row> rows = predicted(
                "pairs",
                """
                data: {features: [[a0..a1], [b0..b1]], label: alike}
                model: {layers: [linear: 3]}
                loss: hinge_embedding
                """);
        assertEquals(List.of("b0", "p0", "p1", "p2", "p3", "p4", "p5"), List.of(rows.columns()));
        // The second group has the first one's features, exchanged.
        Row first = rows.collectAsList().get(1);
        assertTrue(first.getDouble(1) != first.getDouble(4));
    }

    @Test
    void placesHaveNoSinglePrediction() throws IOException {
        Dataset<Row> rows = predicted(
                "places",
                """
                data: {features: [a0, a1], label: [b0, b1], shape: [1, 2]}
                model: {layers: [conv1d: {out: 1, kernel: 1}]}
                loss: mse
                """);
        assertEquals(List.of("b0", "p0", "p1"), List.of(rows.columns()));
    }

    @Test
    void classesOfPlacesHaveNoSinglePrediction() throws IOException {
        Dataset<Row> rows = predicted(
                "classes",
                """
                data: {features: [a0, a1], label: [kind, kind], shape: [1, 2]}
                model: {layers: [conv1d: {out: 2, kernel: 1}]}
                loss: cross_entropy
                """);
        assertEquals(List.of("b0", "p0", "p1", "p2", "p3"), List.of(rows.columns()));
    }
}

package dev.lockstep.driver.ensemble;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lockstep.driver.JobFileException;
import dev.lockstep.driver.data.LocalSpark;
import dev.lockstep.driver.job.Job;
import dev.lockstep.driver.job.JobFile;
import dev.lockstep.driver.job.Source;
import dev.lockstep.driver.model.Evaluation;
import dev.lockstep.driver.model.ModelFolder;
import dev.lockstep.driver.model.TrainedModel;
import dev.lockstep.driver.report.Listeners;
import dev.lockstep.driver.train.Trainer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Several networks of one job, as one model. */
@Tag("spark")
class EnsembleTrainerTest {
    private static final int CLASSES = 3;

    @TempDir
    static Path folder;

    @BeforeAll
    static void writeData() throws IOException {
        Random random = new Random(3);
        StringBuilder text = new StringBuilder("a,b,kind\n");
        for (int row = 0; row < 300; row++) {
            double a = random.nextGaussian();
            double b = random.nextGaussian();
            text.append(a + "," + b + "," + (a + 0.5 * random.nextGaussian() > 0 ? 2 : b > 0 ? 1 : 0) + "\n");
        }
        Files.writeString(folder.resolve("data.csv"), text);
        Files.writeString(
                folder.resolve("job.yaml"),
                """
                data:
                  train: {path: data.csv}
                  validation: 0.3
                  label: kind
                  preprocess: [standardize]
                model: {layers: [linear: 8, tanh, linear: 3]}
                loss: cross_entropy
                optimizer: {adam: {lr: 0.02}}
                train: {epochs: 2, batch: 32, workers: 2, seed: 5}
                metrics: [accuracy]
                checkpoint: {every: 1 epoch}
                """);
    }

    private static Job job(String name, String... settings) {
        List<String> all = new ArrayList<>(List.of(settings));
        all.add("output=" + folder.resolve(name));
        return JobFile.read(folder.resolve("job.yaml"), all);
    }

    private static EnsembleTrainer trainer(Job job) {
        return new EnsembleTrainer(LocalSpark.session(), job, Listeners.of());
    }

    private static TrainedModel model(Path path) throws IOException {
        return new ModelFolder(new org.apache.hadoop.fs.Path(path.toUri()), new Configuration()).read();
    }

    private static Source data() {
        return new Source(folder.resolve("data.csv").toString());
    }

    @Test
    void seedsGiveNetworksWhosePredictionsAreAveraged() throws IOException {
        Job job = job("seeds", "ensemble={seeds: 3}");
        EnsembleResult result = trainer(job).run();
        assertEquals(3, result.members().size());
        double mean = result.members().stream()
                .mapToDouble(figures -> figures.get("loss"))
                .average()
                .orElseThrow();
        // The negative logarithm is convex.
        assertTrue(result.together().get("loss") < mean, result.toString());
        assertTrue(result.together().containsKey("accuracy"));

        for (int member = 0; member < 3; member++) {
            String last = Files.readString(folder.resolve("seeds/members/" + (member + 1) + "/metrics.jsonl"));
            String own = last.substring(last.lastIndexOf("\"validation\":{\"loss\":") + 21);
            double loss = Double.parseDouble(own.substring(0, own.indexOf(',')));
            assertEquals(loss, result.members().get(member).get("loss"), 1e-6, "held to the same rows");
        }
        requireMeanPredictions(model(folder.resolve("seeds/model")));
        List<String> lines = Files.readAllLines(folder.resolve("seeds/ensemble.jsonl"));
        assertEquals(4, lines.size());
        assertTrue(
                lines.get(0).startsWith("{\"kind\":\"member\",\"member\":1,\"validation\":{\"loss\":"), lines.get(0));
        assertTrue(
                lines.get(3).startsWith("{\"kind\":\"ensemble\",\"members\":3,\"validation\":{\"loss\":"),
                lines.get(3));

        EnsembleResult resumed = trainer(job).resume();
        assertEquals(result, resumed);

        org.apache.hadoop.fs.Path kept = new org.apache.hadoop.fs.Path(
                folder.resolve("seeds/members/2/checkpoints").toUri());
        assertTrue(kept.getFileSystem(new Configuration()).delete(kept, /* recursive */ true));
        assertEquals(result, trainer(job).resume(), "a member that is done stays as it is");
        assertEquals(result, trainer(job.checkpoint(null)).resume(), "where the job keeps none, too");
    }

    private static void requireMeanPredictions(TrainedModel ensemble) {
        assertEquals(3, ensemble.members().size());
        List<Row> together = new Evaluation(LocalSpark.session(), ensemble)
                .predict(data(), List.of())
                .rows()
                .collectAsList();
        List<List<Row>> alone = new ArrayList<>();
        for (int member = 0; member < 3; member++) {
            alone.add(new Evaluation(LocalSpark.session(), ensemble.member(member))
                    .predict(data(), List.of())
                    .rows()
                    .collectAsList());
        }

        boolean differ = false;
        for (int row = 0; row < together.size(); row++) {
            double[] expected = new double[CLASSES];
            for (List<Row> member : alone) {
                double[] probabilities = probabilities(member.get(row));
                for (int k = 0; k < CLASSES; k++) {
                    expected[k] += probabilities[k] / alone.size();
                }
            }
            assertArrayEquals(expected, probabilities(together.get(row)), 1e-9);
            differ |= Math.abs(expected[0] - probabilities(alone.get(0).get(row))[0]) > 1e-3;
        }
        assertTrue(differ, "Members must not all be the same");
    }

    private static double[] probabilities(Row row) {
        double[] p = new double[CLASSES];
        Arrays.setAll(p, k -> row.getAs("p" + k));
        return p;
    }

    @Test
    void snapshotsAreKeptAtTheEndOfCycles() throws IOException {
        String[] cycles = {"schedule={cosine_annealing_warm_restarts: {t0: 2}}", "train.epochs=6"};
        EnsembleResult result = trainer(job("snapshots", cycles[0], cycles[1], "ensemble={snapshots: 2}"))
                .run();
        new Trainer(LocalSpark.session(), job("plain", cycles[0], cycles[1]), Listeners.of()).run();

        TrainedModel ensemble = model(folder.resolve("snapshots/model"));
        assertEquals(2, ensemble.members().size());
        assertArrayEquals(
                model(folder.resolve("plain/model")).members().get(0).values(),
                ensemble.members().get(1).values());
        assertArrayEquals(
                model(folder.resolve("snapshots/members/2/model"))
                        .members()
                        .get(0)
                        .values(),
                ensemble.members().get(0).values());
        assertTrue(Files.exists(folder.resolve("snapshots/members/1/model")));
        assertFalse(Files.exists(folder.resolve("snapshots/model/weights.safetensors")));
        assertFalse(Files.exists(folder.resolve("snapshots/members/4")));

        Map<String, Double> figures =
                new Evaluation(LocalSpark.session(), ensemble).measure(data()).figures();
        assertEquals(List.of("loss", "accuracy"), List.copyOf(figures.keySet()));
        assertEquals(
                List.of("member 1", "member 2", "ensemble of 2"),
                result.lines().stream().map(line -> line.split(" {2}")[0]).toList());
    }

    @Test
    void moreSnapshotsThanCyclesAreRefused() {
        Job job = job("few", "schedule={cosine_annealing_warm_restarts: {t0: 2}}", "ensemble={snapshots: 2}");
        String message =
                assertThrows(JobFileException.class, () -> trainer(job).run()).getMessage();
        assertEquals(
                "ensemble.snapshots must be at most the epochs in which a cycle ends: snapshots=2,"
                        + " epochs with the end of a cycle=1",
                message);
    }
}

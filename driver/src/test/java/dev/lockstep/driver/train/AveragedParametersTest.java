package dev.lockstep.driver.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lockstep.driver.data.LocalSpark;
import dev.lockstep.driver.job.Job;
import dev.lockstep.driver.job.Source;
import dev.lockstep.driver.model.Evaluation;
import dev.lockstep.driver.model.ModelFolder;
import dev.lockstep.worker.safetensors.SafeTensors;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * An optimizer that averages its parameters: the averages are measured and kept, and training goes on from the
 * parameters.
 */
@Tag("spark")
class AveragedParametersTest {
    private static final int STEPS = 30;

    @TempDir
    static Path folder;

    private static Jobs.Ran averaged;

    @BeforeAll
    static void train() throws IOException {
        Files.writeString(folder.resolve("train.csv"), table(300, 1));
        Files.writeString(folder.resolve("test.csv"), table(80, 2));
        Files.writeString(
                folder.resolve("job.yaml"),
                """
                data:
                  train: {path: train.csv, options: {header: true}}
                  validation: {path: test.csv, options: {header: true}}
                  features: [a, b, c]
                  label: label
                model:
                  layers: [linear: 16, batch_norm1d, relu, linear: 2]
                loss: cross_entropy
                optimizer: {asgd: {lr: 0.2, t0: 4, lambd: 0.01}}
                metrics: [accuracy]
                checkpoint: {every: 4 steps, keep: 100}
                train: {epochs: 3, batch: 32, workers: 2, shards: 3, seed: 5}
                """);
        averaged = Jobs.run(LocalSpark.session(), job("averaged"));
    }

    private static String table(int rows, int seed) {
        Random random = new Random(seed);
        StringBuilder text = new StringBuilder("a,b,c,label\n");
        for (int row = 0; row < rows; row++) {
            double a = random.nextGaussian();
            double b = random.nextGaussian();
            double c = random.nextGaussian();
            text.append(String.format(Locale.ROOT, "%f,%f,%f,%d%n", a, b, c, a * b > c ? 1 : 0));
        }

        return text.toString();
    }

    private static Job job(String name, String... settings) {
        return Jobs.read(folder.resolve("job.yaml"), folder.resolve(name), settings);
    }

    @Test
    void theModelHasTheAverages() throws IOException {
        float[] model = flat(averaged.weights());
        assertArrayEquals(state(averaged, STEPS, "slot.0"), model);
        assertFalse(Arrays.equals(state(averaged, STEPS, "params"), model));
    }

    /** What training says of the validation data is what the saved model shows. */
    @Test
    void theAveragesAreMeasured() throws IOException {
        Path model = averaged.output().resolve("model");
        Source test = new Source(folder.resolve("test.csv").toString()).option("header", "true");
        Map<String, Double> figures = new Evaluation(
                        LocalSpark.session(),
                        new ModelFolder(new org.apache.hadoop.fs.Path(model.toUri()), new Configuration()).read())
                .measure(test)
                .figures();
        assertEquals(averaged.result().validation().get("loss"), figures.get("loss"), 1e-6);
        assertEquals(averaged.result().validation().get("accuracy"), figures.get("accuracy"));
    }

    /** The same run, but averaging never begins. */
    @Test
    void trainingGoesOnFromTheParameters() throws IOException {
        Jobs.Ran plain = Jobs.run(LocalSpark.session(), job("plain", "optimizer.asgd.t0=1000000"));
        assertArrayEquals(plain.losses(), averaged.losses());
        assertArrayEquals(state(plain, STEPS, "params"), state(averaged, STEPS, "params"));
        assertNotEquals(
                plain.result().validation().get("loss"),
                averaged.result().validation().get("loss"));
    }

    @Test
    void aResumedRunHasTheSameBits() throws IOException {
        Job job = job("stopped");
        Jobs.Ran stopped = Jobs.stopAfter(13, LocalSpark.session(), job);
        assertEquals(TrainResult.Status.INTERRUPTED, stopped.result().status());
        Jobs.Ran resumed = Jobs.resume(LocalSpark.session(), job);
        assertTrue(Jobs.sameBits(averaged.weights(), resumed.weights()));
        assertEquals(averaged.result().validation(), resumed.result().validation());
    }

    @Test
    void theBestEpochIsKeptAsItWasMeasured() throws IOException {
        Jobs.Ran best = Jobs.run(
                LocalSpark.session(),
                job("best", "train.early_stopping={patience: 1, min_delta: 100}", "checkpoint.every=10 steps"));
        assertEquals(TrainResult.Status.STOPPED_EARLY, best.result().status());
        assertArrayEquals(state(best, STEPS / 3, "slot.0"), flat(best.weights()));
    }

    /** Trained tensors alone, in the order of the flat vector. */
    private static float[] flat(Map<String, float[]> weights) {
        float[] flat = new float[0];
        for (String name : new String[] {"0.weight", "0.bias", "1.weight", "1.bias", "3.weight", "3.bias"}) {
            float[] own = weights.get(name);
            float[] longer = Arrays.copyOf(flat, flat.length + own.length);
            System.arraycopy(own, 0, longer, flat.length, own.length);
            flat = longer;
        }

        return flat;
    }

    private static float[] state(Jobs.Ran run, int step, String what) throws IOException {
        Path file = run.output().resolve("checkpoints/step-" + step + "/state.safetensors");
        try (InputStream in = Files.newInputStream(file)) {
            return SafeTensors.readAll(in, file.toString()).get("range.0." + what);
        }
    }
}

package dev.lockstep.driver.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lockstep.driver.JobFileException;
import dev.lockstep.driver.data.LocalSpark;
import dev.lockstep.driver.job.Job;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * L-BFGS from the job file: one step for each batch, here of the whole data, with as many evaluations of its loss as it
 * takes.
 */
@Tag("spark")
class LbfgsTrainingTest {
    @TempDir
    static Path folder;

    private static Jobs.Ran straight;

    @BeforeAll
    static void train() throws IOException {
        Random random = new Random(4);
        StringBuilder text = new StringBuilder("a,b,c,y\n");
        for (int row = 0; row < 200; row++) {
            double a = random.nextGaussian();
            double b = random.nextGaussian();
            double c = random.nextGaussian();
            text.append(String.format(Locale.ROOT, "%f,%f,%f,%f%n", a, b, c, Math.tanh(a - 2 * b) + 0.3 * c));
        }

        Files.writeString(folder.resolve("train.csv"), text);
        Files.writeString(
                folder.resolve("job.yaml"),
                """
                data:
                  train: {path: train.csv, options: {header: true}}
                  features: [a, b, c]
                  label: y
                  shape: [3]
                model:
                  layers: [linear: 8, tanh, linear: 1]
                loss: mse
                regularization: {l2: 1.0e-4}
                optimizer: {lbfgs: {max_iter: 5, history_size: 10, line_search_fn: strong_wolfe}}
                checkpoint: {every: 1 steps, keep: 100}
                train: {epochs: 6, batch: 200, workers: 2, shards: 3, seed: 5}
                """);
        straight = Jobs.run(LocalSpark.session(), job("straight"));
    }

    private static Job job(String name, String... settings) {
        return Jobs.read(folder.resolve("job.yaml"), folder.resolve(name), settings);
    }

    @Test
    void thirtyIterationsLearn() {
        double[] losses = straight.losses();
        assertEquals(6, losses.length, "one step for each epoch");
        assertTrue(losses[5] < 0.05 * losses[0], () -> "it must learn: " + Arrays.toString(losses));
    }

    @Test
    void twoWorkersAndThreeShardsFollowOneOfEach() throws IOException {
        Jobs.Ran one = Jobs.run(LocalSpark.session(), job("one", "train.workers=1", "train.shards=1"));
        assertArrayEquals(one.losses(), straight.losses(), 1e-4);
        Jobs.Ran four = Jobs.run(LocalSpark.session(), job("four", "train.workers=4", "train.shards=2"));
        assertArrayEquals(one.losses(), four.losses(), 1e-4);
    }

    @Test
    void theNumberOfShardsChangesNoBit() throws IOException {
        Jobs.Ran one = Jobs.run(LocalSpark.session(), job("shard", "train.shards=1"));
        assertTrue(Jobs.sameBits(straight.weights(), one.weights()));
    }

    @Test
    void aResumedRunHasTheSameBits() throws IOException {
        Job job = job("stopped");
        Jobs.Ran stopped = Jobs.stopAfter(3, LocalSpark.session(), job);
        assertEquals(TrainResult.Status.INTERRUPTED, stopped.result().status());
        Map<String, float[]> resumed = Jobs.resume(LocalSpark.session(), job).weights();
        assertTrue(Jobs.sameBits(straight.weights(), resumed));
    }

    @Test
    void smallerBatchesMakeAStepEach() throws IOException {
        Jobs.Ran batches =
                Jobs.run(LocalSpark.session(), job("batches", "train.batch=64", "train.epochs=2", "checkpoint=~"));
        assertEquals(8, batches.steps().size());
        double[] losses = batches.losses();
        assertTrue(losses[7] < losses[0], () -> "it must learn: " + Arrays.toString(losses));
    }

    @Test
    void whatDoesNotFitIsRefusedWithItsLine() {
        assertRefused("L-BFGS takes all parameters as one group: groups=2", "optimizer.groups={\"*.bias\": {lr: 0.1}}");
        assertRefused("L-BFGS needs gradients as they are, neither clipped nor skipped", "clip={norm: 1.0}");
        assertRefused("L-BFGS needs gradients as they are, neither clipped nor skipped", "train.non_finite=skip");
    }

    private static void assertRefused(String text, String setting) {
        String message = assertThrows(JobFileException.class, () -> job("refused", setting))
                .getMessage();
        assertTrue(message.contains(text), message);
    }
}

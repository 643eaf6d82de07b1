package dev.lockstep.driver.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lockstep.driver.DataException;
import dev.lockstep.driver.JobFileException;
import dev.lockstep.driver.data.LocalSpark;
import dev.lockstep.driver.job.Job;
import dev.lockstep.driver.report.Listeners;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Law 4: the same bits, resumed or straight. The network has everything that a step could forget: dropout, running
 * statistics, slots.
 */
@Tag("spark")
class ResumeTest {
    @TempDir
    static Path folder;

    private static Map<String, float[]> straight;

    @BeforeAll
    static void trainStraight() throws IOException {
        Files.writeString(
                folder.resolve("job.yaml"),
                """
                data:
                  train: {format: random, options: {examples: 500, seed: 3}}
                  validation: {fraction: 0.2}
                  shape: [12]
                model:
                  layers: [linear: 24, batch_norm1d, relu, {dropout: 0.2}, linear: 4]
                loss: cross_entropy
                optimizer: {adam: {lr: 0.01, amsgrad: true}}
                schedule: {cosine_annealing: {t_max: 3}}
                train: {epochs: 3, batch: 50, workers: 2, seed: 9}
                checkpoint: {every: 3 steps, keep: 2}
                """);
        straight = Jobs.run(LocalSpark.session(), job("straight")).weights();
    }

    @Test
    void theSameJobTwiceGivesTheSameBits() throws IOException {
        assertTrue(Jobs.sameBits(
                straight, Jobs.run(LocalSpark.session(), job("twice")).weights()));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 5, 8, 15, 16})
    void aRunThatWasStoppedGoesOnBitForBit(int step) throws IOException {
        Job job = job("stopped-" + step);
        Jobs.Ran stopped = Jobs.stopAfter(step, LocalSpark.session(), job);
        assertEquals(TrainResult.Status.INTERRUPTED, stopped.result().status());
        assertTrue(stopped.result().steps() >= step);

        Jobs.Ran resumed = Jobs.resume(LocalSpark.session(), job);
        assertEquals(TrainResult.Status.DONE, resumed.result().status());
        assertEquals(stopped.result().steps() + 1, resumed.steps().get(0).step());
        assertTrue(Jobs.sameBits(straight, resumed.weights()));
    }

    @Test
    void beforeARunThereIsNothingToFinish() {
        assertFalse(new Trainer(LocalSpark.session(), job("never"), Listeners.of()).stop());
    }

    @Test
    void otherWorkersGoOnWithinAnEpoch() throws IOException {
        Jobs.Ran stopped = Jobs.stopAfter(4, LocalSpark.session(), job("workers"));
        assertEquals(TrainResult.Status.INTERRUPTED, stopped.result().status());

        Jobs.Ran resumed = Jobs.resume(LocalSpark.session(), job("workers", "train.workers=3", "train.shards=1"));
        assertEquals(TrainResult.Status.DONE, resumed.result().status());
        assertEquals(24, resumed.result().steps());
    }

    @Test
    void whatGivesTheNumbersTheirMeaningMustBeTheSame() {
        Jobs.stopAfter(4, LocalSpark.session(), job("changed"));

        assertRefused("train.batch=40 (checkpoint: 50)", "train.batch=40");
        assertRefused("train.seed=10 (checkpoint: 9)", "train.seed=10");
        assertRefused("model.layers[2]=tanh (checkpoint: relu)", "model.layers[2]=tanh");
        assertRefused("data.preprocess[0].standardize.ddof=0 (checkpoint: none)", "data.preprocess=[standardize]");
        assertRefused(
                "optimizer of *=Adam with [exp_avg, exp_avg_sq] and [step] (checkpoint: Adam with [exp_avg, exp_avg_sq,"
                        + " max_exp_avg_sq] and [step])",
                "optimizer.adam.amsgrad=false");
        DataException data = assertThrows(
                DataException.class,
                () -> Jobs.resume(LocalSpark.session(), job("changed", "data.train.options.seed=4")));
        assertTrue(
                data.getMessage()
                        .matches("Checkpoint is of other training data: fingerprint=\\p{XDigit}+ \\(checkpoint: .*"),
                data::getMessage);
    }

    private static void assertRefused(String difference, String setting) {
        JobFileException refused =
                assertThrows(JobFileException.class, () -> Jobs.resume(LocalSpark.session(), job("changed", setting)));
        assertTrue(
                refused.getMessage().startsWith("Checkpoint is of another job: " + difference + ", checkpoint="),
                refused::getMessage);
    }

    @Test
    void aRunThatIsOverIsNotGoneOnWithButItsModelIsWritten() throws IOException {
        Job job = job("over");
        Jobs.run(LocalSpark.session(), job);
        Files.delete(folder.resolve("over/model/weights.safetensors"));

        Jobs.Ran resumed = Jobs.resume(LocalSpark.session(), job);
        assertEquals(TrainResult.Status.DONE, resumed.result().status());
        assertEquals(List.of(), resumed.steps());
        assertTrue(Jobs.sameBits(straight, resumed.weights()));
    }

    @Test
    void aRunThatStoppedEarlyHasStoppedForGood() throws IOException {
        String[] stopping = {
            "train.epochs=9", "checkpoint.every=1 epoch", "train.early_stopping={patience: 1, min_delta: 100}"
        };
        Jobs.Ran stopped = Jobs.run(LocalSpark.session(), job("early", stopping));
        assertEquals(TrainResult.Status.STOPPED_EARLY, stopped.result().status());
        Map<String, float[]> best = stopped.weights();
        Files.delete(folder.resolve("early/model/weights.safetensors"));

        Jobs.Ran resumed = Jobs.resume(LocalSpark.session(), job("early", stopping));
        assertEquals(TrainResult.Status.STOPPED_EARLY, resumed.result().status());
        assertEquals(List.of(), resumed.steps());
        assertEquals(stopped.result().epochs(), resumed.result().epochs());
        assertTrue(Jobs.sameBits(best, resumed.weights()));
        String metrics = Files.readString(folder.resolve("early/metrics.jsonl"));
        assertTrue(metrics.endsWith(",\"best_epoch\":1}\n"), metrics);
    }

    private static Job job(String name, String... settings) {
        return Jobs.read(folder.resolve("job.yaml"), folder.resolve(name), settings);
    }
}

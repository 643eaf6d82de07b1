package dev.lockstep.driver.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lockstep.driver.data.LocalSpark;
import dev.lockstep.driver.job.Job;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Law 4: the same bits, resumed or straight. The network has everything that a step could forget: dropout, running statistics, slots. */
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

    private static Job job(String name) {
        return Jobs.read(folder.resolve("job.yaml"), folder.resolve(name));
    }
}

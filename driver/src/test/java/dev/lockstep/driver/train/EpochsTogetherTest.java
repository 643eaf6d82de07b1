package dev.lockstep.driver.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lockstep.driver.data.LocalSpark;
import dev.lockstep.driver.job.Job;
import dev.lockstep.driver.report.RunListener;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Epochs whose ends nobody waits for run in one Spark job, and give the same bits as one job each. */
@Tag("spark")
class EpochsTogetherTest {
    private static final String EPOCH = "checkpoint.every=1 epochs";

    @TempDir
    static Path folder;

    /** With running statistics, which are averaged over the workers after each epoch. */
    @BeforeAll
    static void writeJob() throws IOException {
        Files.writeString(
                folder.resolve("job.yaml"),
                """
                data:
                  train: {format: random, options: {examples: 200, seed: 1, classes: 3}}
                  shape: [6]
                model:
                  layers: [linear: 8, batch_norm1d, relu, dropout: 0.2, linear: 3]
                loss: cross_entropy
                optimizer: {adam: {lr: 0.01}}
                train: {epochs: 3, batch: 40, workers: 2, seed: 5}
                """);
    }

    @Test
    void theyEndAsTheyDoAlone() throws IOException {
        Jobs.Ran together = Jobs.run(LocalSpark.session(), job("together"));
        Jobs.Ran alone = Jobs.run(LocalSpark.session(), job("alone", EPOCH));

        assertTrue(Jobs.sameBits(together.weights(), alone.weights()), "running statistics are among the weights");
        assertEquals(List.of(1, 2, 3), epochs(together));
        assertArrayEquals(means(alone), means(together));
        assertEquals(15, together.steps().size());
    }

    @Test
    void aRunThatStopsAtTheEndOfOneGoesOnWithTheNext() throws IOException {
        Jobs.Ran whole = Jobs.run(LocalSpark.session(), job("whole"));
        Jobs.Ran stopped = Jobs.stopAfter(5, LocalSpark.session(), job("stopped", "checkpoint.every=3 epochs"));
        Jobs.Ran resumed = Jobs.resume(LocalSpark.session(), job("stopped", "checkpoint.every=3 epochs"));

        assertEquals(TrainResult.Status.INTERRUPTED, stopped.result().status());
        assertEquals(
                whole.steps().size(), stopped.steps().size() + resumed.steps().size());
        assertTrue(
                Jobs.sameBits(whole.weights(), resumed.weights()),
                "stopped after " + stopped.steps().size());
    }

    private static List<Integer> epochs(Jobs.Ran ran) {
        return ran.epochs().stream().map(RunListener.Epoch::epoch).toList();
    }

    private static double[] means(Jobs.Ran ran) {
        return ran.epochs().stream().mapToDouble(RunListener.Epoch::loss).toArray();
    }

    private static Job job(String name, String... settings) {
        return Jobs.read(folder.resolve("job.yaml"), folder.resolve(name), settings);
    }
}

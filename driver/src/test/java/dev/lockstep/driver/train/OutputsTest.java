package dev.lockstep.driver.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lockstep.driver.DataException;
import dev.lockstep.driver.JobFileException;
import dev.lockstep.driver.TrainingException;
import dev.lockstep.driver.data.LocalSpark;
import dev.lockstep.driver.job.Job;
import dev.lockstep.driver.report.Listeners;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a run leaves behind, whatever comes in between. */
@Tag("spark")
class OutputsTest {
    @TempDir
    Path folder;

    @BeforeEach
    void writeJob() throws IOException {
        Files.writeString(
                folder.resolve("job.yaml"),
                """
                data:
                  train: {path: data.csv}
                  features: x
                  label: y
                  shuffle: false
                model: {layers: [linear: 1]}
                init: {weight: zeros, bias: zeros}
                loss: mse
                optimizer: {sgd: {lr: 1.0e-30}}
                train: {epochs: 2, batch: 8, workers: 2}
                checkpoint: {every: 1 epoch}
                """);
        // Two batches, of eight times 1 and once 10.
        Files.writeString(folder.resolve("data.csv"), "x,y\n" + "1,1\n".repeat(8) + "1,10\n");
    }

    private Job job(String... settings) {
        return Jobs.read(folder.resolve("job.yaml"), folder.resolve("out"), settings);
    }

    private String lastLine() throws IOException {
        List<String> lines = Files.readAllLines(folder.resolve("out/metrics.jsonl"));
        return lines.get(lines.size() - 1);
    }

    @Test
    void anEpochsLossIsThatOfItsExamples() {
        Jobs.Ran ran = Jobs.run(LocalSpark.session(), job());
        assertEquals((8 * 1 + 100) / 9.0, ran.epochs().get(0).loss(), 1e-12);
        assertEquals(100, ran.steps().get(1).loss(), 1e-12);
    }

    @Test
    void anOutputThatIsNoFolderIsRefusedBeforeDataAreRead() throws IOException {
        Files.writeString(folder.resolve("out"), "a file");
        JobFileException refused = assertThrows(
                JobFileException.class,
                () -> Jobs.run(LocalSpark.session(), job("data.train.path=" + folder.resolve("nowhere.csv"))));
        assertTrue(
                refused.getMessage().startsWith("Output must be a folder that can be written: folder="),
                refused::getMessage);
    }

    @Test
    void aRunThatIsDoneAndHasNoCheckpointIsNotBegunAnewByResume() {
        Job job = job("checkpoint=~");
        Jobs.run(LocalSpark.session(), job);
        JobFileException refused = assertThrows(JobFileException.class, () -> Jobs.resume(LocalSpark.session(), job));
        assertTrue(
                refused.getMessage()
                        .startsWith("There is a model and no checkpoint to resume from: model="
                                + folder.resolve("out/model") + ". The run without --resume begins anew"),
                refused::getMessage);
    }

    @Test
    @Timeout(60)
    void aRunThatIsStoppedWhileItWaitsForOthersEnds() throws Exception {
        SparkSession spark = LocalSpark.session();
        Turns turns = Turns.of(JavaSparkContext.fromSparkContext(spark.sparkContext()));
        turns.take(1000, () -> 1000);
        try {
            Trainer trainer = new Trainer(spark, job(), Listeners.of());
            trainer.stop();
            assertEquals(TrainResult.Status.INTERRUPTED, trainer.run().status());
            assertTrue(lastLine().startsWith("{\"kind\":\"end\",\"status\":\"interrupted\""), lastLine());
        } finally {
            turns.give(1000);
        }
    }

    @Test
    void aSecondRunIsRefusedWhileTheFirstGoesOn() throws IOException {
        AtomicReference<String> said = new AtomicReference<>();
        Jobs.Ran first = Jobs.run(
                LocalSpark.session(),
                job(),
                step -> said.set(assertThrows(JobFileException.class, () -> Jobs.run(LocalSpark.session(), job()))
                        .getMessage()));

        assertTrue(said.get().startsWith("Another run writes to this output: folder="), said::get);
        assertTrue(said.get().contains(", process=" + ProcessHandle.current().pid() + ", started="), said::get);
        assertEquals(TrainResult.Status.DONE, first.result().status());
        assertTrue(lastLine().startsWith("{\"kind\":\"end\",\"status\":\"done\""), lastLine());
    }

    @Test
    void twoRunsWithOnePlaceForCheckpointsAreRefusedToo() {
        String placed = "checkpoint.dir=" + folder.resolve("kept");
        AtomicReference<String> said = new AtomicReference<>();
        Job other = Jobs.read(folder.resolve("job.yaml"), folder.resolve("other"), placed);
        Jobs.run(
                LocalSpark.session(),
                job(placed),
                step -> said.set(assertThrows(JobFileException.class, () -> Jobs.run(LocalSpark.session(), other))
                        .getMessage()));
        assertTrue(
                said.get().startsWith("Another run writes to this output: folder=" + folder.resolve("kept")),
                said::get);
    }

    @Test
    void aCheckpointThatCannotBeWrittenEndsTheRunInItsMetricsToo() throws IOException {
        Files.createDirectories(folder.resolve("out"));
        Files.writeString(folder.resolve("out/checkpoints"), "a file where the folder should be");
        DataException failed = assertThrows(DataException.class, () -> Jobs.run(LocalSpark.session(), job()));
        assertTrue(
                failed.getMessage().startsWith("Output could not be written: output=" + folder.resolve("out")),
                failed::getMessage);
        assertTrue(lastLine().startsWith("{\"kind\":\"end\",\"status\":\"failed\""), lastLine());
    }

    @Test
    void aRunWhoseEveryStepWasSkippedHasFailed() throws IOException {
        Files.writeString(folder.resolve("data.csv"), "x,y\n" + "1e30,1e30\n".repeat(9));
        TrainingException failed = assertThrows(
                TrainingException.class, () -> Jobs.run(LocalSpark.session(), job("train.non_finite=skip")));
        assertTrue(
                failed.getMessage()
                        .startsWith("The network learns nothing, as most gradients are not finite: epochs=2, steps"
                                + " of the last epoch=2, skipped=2, largest weight=0.0."),
                failed::getMessage);
        assertFalse(Files.exists(folder.resolve("out/model")));
        assertTrue(lastLine().startsWith("{\"kind\":\"end\",\"status\":\"failed\""), lastLine());
    }
}

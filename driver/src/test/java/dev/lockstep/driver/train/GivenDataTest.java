package dev.lockstep.driver.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lockstep.driver.CancelledException;
import dev.lockstep.driver.JobFileException;
import dev.lockstep.driver.data.LocalSpark;
import dev.lockstep.driver.job.Checkpoint;
import dev.lockstep.driver.job.Data;
import dev.lockstep.driver.job.Job;
import dev.lockstep.driver.job.Model;
import dev.lockstep.driver.job.Source;
import dev.lockstep.driver.job.Train;
import dev.lockstep.driver.report.Listeners;
import dev.lockstep.driver.report.RunListener;
import dev.lockstep.losses.Mse;
import dev.lockstep.optim.Sgd;
import dev.lockstep.worker.layer.Linear;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A trainer in a program that has rows and wants a model, and no files. */
@Tag("spark")
@Timeout(120)
class GivenDataTest {
    private final SparkSession spark = LocalSpark.session();
    private final JavaSparkContext context = JavaSparkContext.fromSparkContext(spark.sparkContext());

    private final Set<Integer> keptBefore =
            Set.copyOf(context.getPersistentRDDs().keySet());

    @TempDir
    Path folder;

    private Dataset<Row> rows() {
        return spark.range(0, 64, 1, 4).selectExpr("cast(id as double) / 64 as x", "3.0 * id / 64 - 1 as y");
    }

    private static Job job(String place, int epochs) {
        return Job.of(
                        new Data(new Source(place)).features("x").label("y"),
                        Model.layers(new Linear(1)),
                        new Mse(),
                        new Sgd(0.3),
                        new Train(epochs, 16).workers(2).seed(1))
                .name("line");
    }

    private TrainResult train(int epochs) {
        return new Trainer(spark, job("given", epochs), Listeners.of())
                .data(rows())
                .run();
    }

    @Test
    void trainsOnRowsAsOnTheFileThatHasThem() {
        rows().write().parquet(folder.resolve("rows.parquet").toString());
        TrainResult fromFile =
                new Trainer(spark, job(folder.resolve("rows.parquet").toString(), 3), Listeners.of()).run();
        TrainResult fromRows = new Trainer(spark, job("given", 3), Listeners.of())
                .data(spark.read().parquet(folder.resolve("rows.parquet").toString()))
                .run();

        assertArrayEquals(values(fromFile), values(fromRows));
        assertEquals(List.of("x"), fromRows.model().file().features().groups().get(0));
    }

    private static float[] values(TrainResult result) {
        return result.model().members().get(0).values();
    }

    @Test
    void learnsAndMeasuresByOtherRows() {
        TrainResult result = new Trainer(spark, job("given", 60), Listeners.of())
                .data(rows())
                .validation(rows().limit(8))
                .run();

        assertEquals(TrainResult.Status.DONE, result.status());
        assertEquals(3, values(result)[0], 0.05);
        assertEquals(-1, values(result)[1], 0.05);
        assertTrue(result.validation().get("loss") < 0.01, () -> "validation=" + result.validation());
    }

    @Test
    void goesOnFromAModel() {
        TrainResult first = train(60);
        TrainResult second = new Trainer(spark, job("given", 1), Listeners.of())
                .data(rows())
                .startFrom(first.model())
                .run();
        assertEquals(3, values(second)[0], 0.05);

        Job wider = job("given", 1).model(Model.layers(new Linear(2), new Linear(1)));
        JobFileException refused = assertThrows(JobFileException.class, () -> new Trainer(spark, wider, Listeners.of())
                .data(rows())
                .startFrom(first.model())
                .run());
        assertTrue(
                refused.getMessage().startsWith("The model to start from must have the network's parameters: model=["),
                refused::getMessage);
    }

    @Test
    void sparksPagesNameThePageThatShowsTheRun() {
        context.setLocalProperty(Trainer.PAGE, "http://127.0.0.1:7007/");
        JobLabels labels = JobLabels.of(context, "line", "reading data");
        String shown = context.getLocalProperty("spark.job.description");
        labels.close();
        context.setLocalProperty(Trainer.PAGE, null);
        assertEquals("Lockstep line: reading data, watched at http://127.0.0.1:7007/", shown);
    }

    @Test
    void leavesNothingInFilesNorInSpark() throws Exception {
        Path here = Path.of("").toAbsolutePath();
        List<Path> before = list(here);
        train(2);

        assertEquals(before, list(here));
        assertEquals(Set.of(), kept());
        assertEquals(0, views());
        assertNull(context.getLocalProperty("spark.job.description"));
        assertNull(context.getLocalProperty("callSite.short"));
    }

    /** What Spark keeps since this test began: it also keeps what other classes have read, until that is collected. */
    private Set<Integer> kept() {
        Set<Integer> now = new HashSet<>(context.getPersistentRDDs().keySet());
        now.removeAll(keptBefore);
        return now;
    }

    private long views() {
        return spark.sql("show tables in global_temp like '*_data_*'").count();
    }

    private static List<Path> list(Path folder) throws Exception {
        try (var files = Files.list(folder)) {
            return files.sorted().toList();
        }
    }

    @Test
    void writesCheckpointsWhereTheJobSaysAndNothingElse() throws Exception {
        Path kept = folder.resolve("kept");
        new Trainer(spark, job("given", 2).checkpoint(new Checkpoint().dir(kept.toString())), Listeners.of())
                .data(rows())
                .run();
        assertEquals(
                List.of(kept.resolve("step-4"), kept.resolve("step-8")),
                list(kept).stream()
                        .filter(path -> path.getFileName().toString().startsWith("step-"))
                        .toList());
    }

    @Test
    void wantsAPlaceForCheckpoints() {
        Trainer trainer = new Trainer(spark, job("given", 1).checkpoint(new Checkpoint()), Listeners.of()).data(rows());
        assertEquals(
                "checkpoint.dir is missing, and there is no output whose folder could be taken",
                assertThrows(JobFileException.class, trainer::run).getMessage());
    }

    /** Acts once the first step has been told. */
    private record AtFirstStep(Runnable act) implements RunListener {
        @Override
        public void started(Start start) {}

        @Override
        public void step(Step step) {
            if (step.step() == 1) {
                act.run();
            }
        }

        @Override
        public void epoch(Epoch epoch) {}

        @Override
        public void ended(End end) {}
    }

    @Test
    void endsWhereItsThreadIsInterrupted() {
        Thread runner = Thread.currentThread();
        Trainer trainer = new Trainer(spark, job("given", 100_000), new AtFirstStep(runner::interrupt)).data(rows());
        CancelledException ended = assertThrows(CancelledException.class, trainer::run);

        assertTrue(Thread.interrupted(), "the flag is set again");
        assertTrue(ended.getMessage().startsWith("Run was interrupted: thread="), ended::getMessage);
        assertEquals(Set.of(), kept());
        assertEquals(0, views());
        assertEquals(TrainResult.Status.DONE, train(1).status());
    }

    @Test
    void endsWhereTheCallersJobGroupIsCancelled() {
        context.setJobGroup("notebook cell", "a user's words");
        try {
            Trainer trainer = new Trainer(spark, job("given", 100_000), new AtFirstStep(() -> context.sc()
                            .cancelJobGroup("notebook cell")))
                    .data(rows());
            CancelledException ended = assertThrows(CancelledException.class, trainer::run);

            assertTrue(ended.getMessage().startsWith("Run was cancelled: reason="), ended::getMessage);
            assertEquals("a user's words", context.getLocalProperty("spark.job.description"));
        } finally {
            context.clearJobGroup();
        }
        assertEquals(TrainResult.Status.DONE, train(1).status());
    }

    @Test
    void severalRunAtTheSameTimeEachForItself() {
        float[] alone = values(train(20));
        List<CompletableFuture<TrainResult>> all = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            all.add(CompletableFuture.supplyAsync(() -> train(20)));
        }
        all.forEach(one -> assertArrayEquals(alone, values(one.join())));
    }
}

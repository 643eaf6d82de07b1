package dev.lockstep.driver.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lockstep.driver.data.LocalSpark;
import dev.lockstep.driver.job.Job;
import dev.lockstep.driver.job.Source;
import dev.lockstep.driver.model.Evaluation;
import dev.lockstep.driver.model.Measured;
import dev.lockstep.driver.model.ModelFolder;
import dev.lockstep.driver.model.PredictionColumns;
import dev.lockstep.driver.model.Predictor;
import dev.lockstep.driver.model.Scoring;
import dev.lockstep.driver.model.TrainedModel;
import dev.lockstep.driver.report.RunListener;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The examples with categories, trained on a small table of the same kind, then resumed, evaluated and put to rows. */
@Tag("spark")
class CategoriesTrainingTest {
    private static final Path EXAMPLES = Path.of("../examples");

    @TempDir
    static Path folder;

    private static final SparkSession SPARK = LocalSpark.session();
    private static Jobs.Ran straight;
    private static TrainedModel model;

    private static Job job(String name, String... settings) {
        return example("wide-and-deep", name, settings);
    }

    private static Job example(String example, String name, String... settings) {
        List<String> all = new ArrayList<>(List.of(
                "data.train={path: " + folder + "/clicks, format: clicks, options: {examples: 3000, seed: 3}}",
                "train.epochs=2",
                "checkpoint.every=5 steps"));
        all.addAll(List.of(settings));
        return Jobs.read(EXAMPLES.resolve(example + ".yaml"), folder.resolve(name), all.toArray(String[]::new));
    }

    @BeforeAll
    static void train() throws IOException {
        straight = Jobs.run(SPARK, job("straight"));
        model = read(straight);
    }

    private static TrainedModel read(Jobs.Ran ran) throws IOException {
        return new ModelFolder(
                        new org.apache.hadoop.fs.Path(
                                ran.output().resolve("model").toUri()),
                        new Configuration())
                .read();
    }

    @Test
    void parametersHaveTheirColumnsNames() throws IOException {
        assertEquals(
                new TreeSet<>(Set.of(
                        "embeddings.city.weight",
                        "embeddings.device.weight",
                        "embeddings.item.weight",
                        "inputs.wide.embeddings.city.weight",
                        "inputs.wide.embeddings.device.weight",
                        "inputs.wide.embeddings.item.weight",
                        "inputs.deep.0.weight",
                        "inputs.deep.0.bias",
                        "inputs.deep.2.weight",
                        "inputs.deep.2.bias",
                        "inputs.deep.4.weight",
                        "inputs.deep.4.bias")),
                new TreeSet<>(straight.weights().keySet()));
    }

    @Test
    void workersFollowOne() throws IOException {
        Map<String, float[]> one =
                Jobs.run(SPARK, job("one", "train.workers=1")).weights();
        Map<String, float[]> three = Jobs.run(SPARK, job("three", "train.workers=3", "train.shards=2"))
                .weights();
        straight.weights().forEach((name, values) -> {
            assertArrayEquals(values, one.get(name), 2e-3f, name);
            assertArrayEquals(values, three.get(name), 2e-3f, name);
        });
    }

    @Test
    void theSameJobHasTheSameBitsAndSoHasAResumedOne() throws IOException {
        assertTrue(
                Jobs.sameBits(straight.weights(), Jobs.run(SPARK, job("again")).weights()));
        Job job = job("stopped");
        Jobs.stopAfter(13, SPARK, job);
        assertTrue(Jobs.sameBits(straight.weights(), Jobs.resume(SPARK, job).weights()));
    }

    @Test
    void dlrmLearns() {
        Jobs.Ran ran = Jobs.run(SPARK, example("dlrm", "dlrm", "train.epochs=8"));
        List<RunListener.Epoch> epochs = ran.epochs();
        double first = epochs.get(0).loss();
        double last = epochs.get(epochs.size() - 1).loss();
        assertTrue(last < 0.97 * first, "first=" + first + ", last=" + last);
    }

    @Test
    void rowsOfVectorsTravelAloneWhereTheyAreSparse() throws IOException {
        String sparse = "data.categories={city: {size: 8, sparse: true}, device: 2, item: {size: 8, sparse: true}}";
        String[] settings = {"optimizer={sgd: {lr: 0.1}}", "init={'*embeddings.*': {normal: {std: 0.1}}}"};
        Map<String, float[]> whole = Jobs.run(SPARK, job("whole", settings)).weights();
        Map<String, float[]> rows =
                Jobs.run(SPARK, job("rows", settings[0], settings[1], sparse)).weights();
        whole.forEach((name, values) -> assertArrayEquals(values, rows.get(name), 1e-5f, name));
    }

    @Test
    void evaluationHasTheFiguresOfTraining() throws IOException {
        Path file = folder.resolve("held.csv");
        Path all = folder.resolve("clicks/clicks-3000-seed-3.csv");
        List<String> lines = Files.readAllLines(all);
        Files.write(file, lines.subList(0, 500));
        Jobs.Ran ran = Jobs.run(SPARK, job("validated", "data.validation={path: " + file + "}"));
        Measured measured = new Evaluation(SPARK, read(ran)).measure(new Source(file.toString()));
        RunListener.Epoch last = ran.epochs().get(ran.epochs().size() - 1);
        assertEquals(last.validation().keySet(), measured.figures().keySet());
        measured.figures()
                .forEach((name, figure) -> assertEquals(last.validation().get(name), figure, 1e-6, name));
    }

    @Test
    void whatIsUnknownAndWhatIsMissingPredictTheSame() throws IOException {
        Path other = folder.resolve("other.csv");
        Files.writeString(
                other,
                """
                item,device,city,age,hour
                item-1,phone,Rome,30,12
                item-1,phone,Atlantis,30,12
                item-1,phone,,30,12
                """);
        List<Row> scored = new Scoring(SPARK, model)
                .transform(SPARK.read().option("header", "true").csv(other.toString()), PredictionColumns.vectors())
                .collectAsList();
        List<Double> logits = scored.stream()
                .map(row -> ((Vector) row.getAs("rawPrediction")).apply(0))
                .toList();
        assertEquals(3, logits.size());
        assertEquals(logits.get(1), logits.get(2));
        assertTrue(Math.abs(logits.get(0) - logits.get(1)) > 1e-4, logits::toString);
    }

    @Test
    void aPredictorTakesCategoriesByTheirNumbers() throws IOException {
        try (Predictor predictor = Predictor.load(straight.output().resolve("model"))) {
            assertEquals(List.of(List.of("hour", "age")), predictor.features());
            assertEquals(List.of("city", "device", "item"), predictor.categories());
            assertEquals(0, predictor.category(0, "Atlantis"));
            double[] example = {
                12, 30, predictor.category(0, "Rome"), predictor.category(1, "phone"), predictor.category(2, "item-1")
            };
            Row row = SPARK.sql("select 12 as hour, 30 as age, 'Rome' as city, 'phone' as device, 'item-1' as item")
                    .first();
            Row scored = new Scoring(SPARK, model)
                    .transform(SPARK.createDataFrame(List.of(row), row.schema()), PredictionColumns.vectors())
                    .first();
            assertEquals(
                    ((Vector) scored.getAs("probability")).apply(0), predictor.predict(example)[0], 1e-6);
        }
    }
}

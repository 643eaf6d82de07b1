package dev.lockstep.driver.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lockstep.driver.DataException;
import dev.lockstep.driver.data.preprocess.MinMax;
import dev.lockstep.driver.data.preprocess.Pca;
import dev.lockstep.driver.data.preprocess.Preprocess;
import dev.lockstep.driver.data.preprocess.Standardize;
import dev.lockstep.driver.data.rows.Selection;
import dev.lockstep.driver.data.rows.TargetSpec;
import dev.lockstep.driver.job.Data;
import dev.lockstep.driver.job.Features;
import dev.lockstep.driver.job.Source;
import dev.lockstep.driver.job.Validation;
import dev.lockstep.worker.Examples;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.IntUnaryOperator;
import org.apache.spark.SparkEnv;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.storage.BlockManager;
import org.apache.spark.storage.RDDBlockId;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("spark")
class TrainingDataTest {
    private static final int ROWS = 1001;

    @TempDir
    Path folder;

    @Test
    void preprocessingIsFittedToTheTrainingRowsAlone() throws IOException {
        write("train.csv", ROWS, i -> i % 7);
        Data data = data("train.csv").validation(Validation.fraction(0.1)).features("a", "b");
        List<List<Float>> raw = Loaded.rows(load(data, 2).training());
        TrainingData fitted = load(data.preprocess(new Standardize()), 2);

        double mean = raw.stream().mapToDouble(row -> row.get(0)).average().orElseThrow();
        double square = raw.stream()
                .mapToDouble(row -> Math.pow(row.get(0) - mean, 2))
                .average()
                .orElseThrow();
        List<List<Float>> found = Loaded.rows(fitted.training());
        for (int i = 0; i < raw.size(); i++) {
            assertEquals(
                    (raw.get(i).get(0) - mean) / Math.sqrt(square), found.get(i).get(0), 1e-6);
            assertEquals(raw.get(i).get(2), found.get(i).get(2), "labels stay");
        }
        float validation =
                Loaded.rows(load(data, 2).validation().orElseThrow()).get(5).get(0);
        assertEquals(
                (validation - mean) / Math.sqrt(square),
                Loaded.rows(fitted.validation().orElseThrow()).get(5).get(0),
                1e-6);
    }

    @Test
    void whatSparkHasLostIsReadAgainBeforeItIsNeeded() throws IOException {
        write("train.csv", ROWS, i -> i % 7);
        TrainingData data = load(data("train.csv").features("a", "b"), 2);
        BlockManager kept = SparkEnv.get().blockManager();
        RDDBlockId lost = new RDDBlockId(data.training().slices().id(), 1);
        assertTrue(kept.getStatus(lost).isDefined());

        kept.removeBlock(lost, /* tellMaster */ true);
        assertTrue(kept.getStatus(lost).isEmpty());
        data.readAgain();

        assertTrue(kept.getStatus(lost).isDefined());
    }

    @Test
    void theRowsAreTheSameForEveryNumberOfWorkers() throws IOException {
        write("train.csv", ROWS, i -> i % 7);
        Data raw = data("train.csv").validation(Validation.fraction(0.1)).features("a", "b");
        Data data = raw.preprocess(new Pca(1));
        TrainingData one = load(data, 1);
        TrainingData eight = load(data, 8);
        assertEquals(List.of(1), one.shape());
        assertEquals(List.of(2), one.rawShape());
        assertEquals(8, eight.training().slices().getNumPartitions());
        assertEquals(Loaded.rows(one.training()), Loaded.rows(eight.training()));
        assertEquals(
                Loaded.rows(one.validation().orElseThrow()),
                Loaded.rows(eight.validation().orElseThrow()));
        TreeSet<Float> all = new TreeSet<>();
        Loaded.rows(load(raw, 3).training()).forEach(row -> all.add(row.get(0)));
        Loaded.rows(load(raw, 3).validation().orElseThrow()).forEach(row -> all.add(row.get(0)));
        assertEquals(ROWS, all.size());
    }

    /** In tasks, as the training does it. */
    @Test
    void workersAssembleTheBatchesFromTheirPartitions() throws IOException {
        write("train.csv", ROWS, i -> i % 7);
        List<Float> expected = new ArrayList<>();
        for (int i = 960; i < ROWS; i++) {
            expected.add((float) i);
        }
        PackedData packed =
                load(data("train.csv").features("a").shuffle(false), 3).training();
        DataPlan plan = packed.plan();
        List<Float> last = packed.slices()
                .mapPartitionsWithIndex(
                        (worker, slices) -> {
                            Examples share = new WorkerData(plan, worker, 3, slices).share(4, 15);
                            List<Float> features = new ArrayList<>();
                            for (float feature : share.features()[0]) {
                                features.add(feature);
                            }
                            return features.iterator();
                        },
                        false)
                .collect();
        assertEquals(expected, last.stream().sorted().toList());
    }

    @Test
    void validationMayHaveFilesOfItsOwn() throws IOException {
        write("train.csv", 30, i -> i % 3);
        write("test.csv", 10, i -> i % 3);
        Data data = data("train.csv")
                .features("a", "b")
                .preprocess(new MinMax())
                .validation(
                        Validation.from(new Source(folder.resolve("test.csv").toString())));
        List<List<Float>> validation = Loaded.rows(load(data, 2).validation().orElseThrow());
        assertEquals(10, validation.size());
        assertEquals(9 / 29f, validation.get(9).get(0), 1e-6f);

        write("test.csv", 10, i -> i == 4 ? 3 : 0);
        String message = assertThrows(DataException.class, () -> load(data, 2)).getMessage();
        assertTrue(message.startsWith("Label must be a class number from 0 to 2: file="), message);
        assertTrue(
                message.endsWith("test.csv, row=5, column=y, value=3. Classes are numbered 0, 1, 2, ... The last of"
                        + " model.layers has an output for each"),
                message);
    }

    @Test
    void groupsArePreprocessedAlike() throws IOException {
        write("train.csv", 11, i -> 0);
        Data data = data("train.csv")
                .features(Features.of("a").and("b"))
                .preprocess(new MinMax())
                .shuffle(false);
        // a reaches from 0 to 10, b from 0 to -20.
        assertEquals(List.of(1f, 0f, 0f), Loaded.rows(load(data, 1).training()).get(10));
    }

    @Test
    void predictionReadsWhatTheModelWants() throws IOException {
        write("test.csv", 11, i -> 99);
        Source source = new Source(folder.resolve("test.csv").toString());
        Selection selection = new Selection(List.of(), List.of("y"), TargetSpec.none(), List.of(2));
        Preprocess halved = Preprocess.fromMap(Map.of("scaling", Map.of("shift", List.of(0), "scale", List.of(2))));
        PackedData read = EvaluationData.load(spark(), source, selection, new DealSettings(2, 4, 0), halved);
        assertEquals(List.of(1.5f, -3f), Loaded.rows(read).get(3));
        assertEquals(11, read.examples());
    }

    private Data data(String file) {
        return new Data(new Source(folder.resolve(file).toString())).label("y");
    }

    private static TrainingData load(Data data, int workers) {
        return TrainingData.load(spark(), data, TargetSpec.classes(0), new DealSettings(workers, 64, 3));
    }

    private static SparkSession spark() {
        return LocalSpark.session();
    }

    /** Row i is i, -2i and a label. */
    private void write(String file, int rows, IntUnaryOperator label) throws IOException {
        StringBuilder text = new StringBuilder("a,b,y\n");
        for (int i = 0; i < rows; i++) {
            text.append(i)
                    .append(',')
                    .append(-2 * i)
                    .append(',')
                    .append(label.applyAsInt(i))
                    .append('\n');
        }
        Files.writeString(folder.resolve(file), text);
    }
}

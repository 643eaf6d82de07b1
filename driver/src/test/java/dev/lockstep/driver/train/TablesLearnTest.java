package dev.lockstep.driver.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lockstep.driver.DataException;
import dev.lockstep.driver.data.LocalSpark;
import dev.lockstep.driver.job.Source;
import dev.lockstep.driver.model.Evaluation;
import dev.lockstep.driver.model.Measured;
import dev.lockstep.driver.model.ModelFolder;
import dev.lockstep.driver.model.PredictionColumns;
import dev.lockstep.driver.model.Scoring;
import dev.lockstep.driver.model.TrainedModel;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tables as people have them, with names for labels, gaps and weights, from training to predictions. */
@Tag("spark")
class TablesLearnTest {
    private static final List<String> KINDS = List.of("ash", "birch", "cedar");

    @TempDir
    static java.nio.file.Path folder;

    /** What a csv file has of a tree: gaps at every ninth height, and rows that do not count and are wrong. */
    @BeforeAll
    static void write() throws IOException {
        Random random = new Random(5);
        StringBuilder trees = new StringBuilder("height,seen,kind,sure\n");
        StringBuilder moved = new StringBuilder("note,sure,kind,seen,height\n");
        for (int row = 0; row < 180; row++) {
            int kind = random.nextInt(3);
            String height = row % 9 == 0 ? "" : "" + (10 * kind + random.nextGaussian());
            // A time stamp beyond the whole numbers of a 32-bit float.
            String seen = "2024-05-0" + (1 + kind) + "T00:00:0" + random.nextInt(10) + "Z";
            boolean wrong = row % 10 == 3;
            trees.append(height + "," + seen + "," + KINDS.get(wrong ? (kind + 1) % 3 : kind) + "," + (wrong ? 0 : 2)
                    + "\n");
            moved.append("n" + row + ",1," + KINDS.get(kind) + "," + seen + "," + height + "\n");
        }
        Files.writeString(folder.resolve("trees.csv"), trees);
        Files.writeString(folder.resolve("moved.csv"), moved);
        Files.writeString(
                folder.resolve("trees.yaml"),
                """
                data:
                  train: {path: trees.csv}
                  validation: {fraction: 0.2}
                  features: [height, seen]
                  label: kind
                  weight: sure
                  missing: {median: {indicator: true}}
                  preprocess: [standardize]
                model: {layers: [linear: 8, tanh, linear: 3]}
                loss: cross_entropy
                optimizer: {adam: {lr: 0.05}}
                train: {epochs: 12, batch: 20, seed: 3}
                metrics: [accuracy, confusion_matrix]
                checkpoint: {every: 1 epoch}
                """);
    }

    private static Jobs.Ran run(String name, String... settings) {
        return Jobs.run(LocalSpark.session(), Jobs.read(folder.resolve("trees.yaml"), folder.resolve(name), settings));
    }

    private static TrainedModel model(Jobs.Ran ran) throws IOException {
        org.apache.hadoop.fs.Path model =
                new org.apache.hadoop.fs.Path(ran.output().resolve("model").toString());
        return new ModelFolder(model, new Configuration()).read();
    }

    private static Source csv(String name) {
        return new Source(folder.resolve(name).toString(), "csv", Map.of());
    }

    @Test
    void aTableWithNamesGapsTimesAndWeightsIsLearned() throws IOException {
        Jobs.Ran ran = run("learned");
        TrainedModel model = model(ran);
        assertEquals(KINDS, model.file().encoding().classes().names());
        assertEquals(3, model.file().classes());
        assertEquals("sure", model.file().weight());

        Measured measured = new Evaluation(LocalSpark.session(), model).measure(csv("moved.csv"));
        assertTrue(measured.figures().get("accuracy") > 0.97, measured::toString);
        double counted = measured.tables().get("confusion_matrix").stream()
                .flatMap(List::stream)
                .mapToDouble(Double::doubleValue)
                .sum();
        assertEquals(180, counted);
        // Rows of weight 0, which are wrong, are not held against it.
        double accuracy = ran.epochs().get(11).validation().get("accuracy");
        assertTrue(accuracy > 0.97, "accuracy=" + accuracy);

        Dataset<Row> table = LocalSpark.session()
                .read()
                .option("header", "true")
                .csv(folder.resolve("moved.csv").toString());
        List<Row> rows = new Scoring(LocalSpark.session(), model)
                .transform(table, PredictionColumns.files())
                .collectAsList();
        long right = rows.stream()
                .filter(row -> row.getAs("kind").equals(row.getAs("predicted_label")))
                .count();
        assertEquals(measured.figures().get("accuracy"), right / 180.0, 1e-12);
    }

    @Test
    void theIrisExampleLearns() {
        Jobs.Ran ran = Jobs.run(
                LocalSpark.session(),
                Jobs.read(java.nio.file.Path.of("../examples/iris.yaml"), folder.resolve("iris")));
        Map<String, Double> figures = ran.epochs().get(39).validation();
        assertTrue(figures.get("accuracy") > 0.9, figures::toString);
    }

    @Test
    void aLabelThatTrainingHadNotIsAnError() throws IOException {
        TrainedModel model = model(run("unseen", "train.epochs=1"));
        Files.writeString(folder.resolve("oak.csv"), "height,seen,kind,sure\n1,2024-05-01,oak,1\n");
        String message = assertThrows(
                        DataException.class, () -> new Evaluation(LocalSpark.session(), model).measure(csv("oak.csv")))
                .getMessage();
        assertTrue(message.startsWith("Label must be one of those that the model was trained on: file="), message);
        assertTrue(message.endsWith("row=1, column=kind, value=oak. They are ash, birch, cedar"), message);
    }

    @Test
    void aRunThatIsResumedHasTheBitsOfOneThatIsNot() throws IOException {
        Jobs.Ran whole = run("whole", "train.epochs=3");
        run("cut", "train.epochs=1");
        Jobs.Ran resumed = Jobs.resume(
                LocalSpark.session(), Jobs.read(folder.resolve("trees.yaml"), folder.resolve("cut"), "train.epochs=3"));
        assertTrue(Jobs.sameBits(whole.weights(), resumed.weights()));
    }

    @Test
    void twoWorkersLearnWhatOneDoes() throws IOException {
        Jobs.Ran one = run("one", "train.epochs=2", "optimizer={sgd: {lr: 0.1}}");
        Jobs.Ran two = run("two", "train.epochs=2", "optimizer={sgd: {lr: 0.1}}", "train.workers=2");
        assertClose(one, two, 1e-6);
    }

    @Test
    void aWeightOf2IsTheRowTwiceInItsBatch() throws IOException {
        List<String> weighted = new ArrayList<>(List.of("a,b,y,w"));
        List<String> repeated = new ArrayList<>(List.of("a,b,y"));
        Random random = new Random(9);
        for (int row = 0; row < 30; row++) {
            String cells = random.nextGaussian() + "," + random.nextGaussian() + "," + "nyq".charAt(random.nextInt(3));
            int weight = random.nextInt(4);
            weighted.add(cells + "," + weight);
            for (int time = 0; time < weight; time++) {
                repeated.add(cells);
            }
        }
        Files.write(folder.resolve("weighted.csv"), weighted);
        Files.write(folder.resolve("repeated.csv"), repeated);
        String[] common = {
            "data={train: {path: PATH}, features: [a, b], label: y, WEIGHT shuffle: false}",
            "optimizer={sgd: {lr: 0.5}}",
            "metrics=[]",
            "train={epochs: 5, batch: 100, seed: 1, workers: WORKERS}"
        };
        Jobs.Ran expected = run("repeated", settings(common, "repeated.csv", "", 1));
        for (int workers = 1; workers <= 2; workers++) {
            Jobs.Ran found = run("weighted-" + workers, settings(common, "weighted.csv", "weight: w,", workers));
            assertClose(expected, found, 1e-6);
            for (int step = 0; step < 5; step++) {
                assertEquals(expected.losses()[step], found.losses()[step], 1e-6);
            }
        }
    }

    /** The mean is Σ w l / Σ w, as scikit-learn's: weighted least squares have a closed form. */
    @Test
    void weightedLeastSquaresAreFound() throws IOException {
        StringBuilder rows = new StringBuilder("x,y,w\n");
        Random random = new Random(4);
        double xy = 0;
        double xx = 0;
        for (int row = 0; row < 50; row++) {
            float x = (float) random.nextGaussian();
            float y = (float) (2 * x + random.nextGaussian());
            float w = random.nextFloat() * 3;
            rows.append(x + "," + y + "," + w + "\n");
            xy += (double) w * x * y;
            xx += (double) w * x * x;
        }
        Files.writeString(folder.resolve("line.csv"), rows);
        Jobs.Ran ran = run(
                "line",
                "data={train: {path: line.csv}, features: x, label: y, weight: w}",
                "model={layers: [linear: {out: 1, bias: false}]}",
                "loss=mse",
                "optimizer={lbfgs: {line_search_fn: strong_wolfe}}",
                "metrics=[]",
                "train={epochs: 3, batch: 50, workers: 2}");
        assertEquals(xy / xx, ran.weights().get("0.weight")[0], 1e-5);
    }

    /** Nine of ten are no, whatever x is: without weights all would be taken for no. */
    @Test
    void balancedClassesCountTheSame() throws IOException {
        StringBuilder rows = new StringBuilder("x,y\n");
        for (int row = 0; row < 40; row++) {
            rows.append(row % 2 + "," + (row < 4 ? "yes" : "no") + "\n");
        }
        Files.writeString(folder.resolve("rare.csv"), rows);
        String data = "data={train: {path: rare.csv}, features: x, label: y, class_weight: balanced}";
        String[] rest = {
            "optimizer={lbfgs: {line_search_fn: strong_wolfe}}",
            "metrics=[]",
            "train={epochs: 4, batch: 40, workers: 2}"
        };
        for (String loss : List.of("cross_entropy", "bce_with_logits")) {
            boolean one = loss.equals("bce_with_logits");
            Jobs.Ran ran = run(
                    "rare-" + loss,
                    data,
                    "model={layers: [linear: " + (one ? 1 : 2) + "]}",
                    "loss=" + loss,
                    rest[0],
                    rest[1],
                    rest[2]);
            float[] bias = ran.weights().get("0.bias");
            float[] weight = ran.weights().get("0.weight");
            // Half of the yes and half of the no have either x: balanced, both are as likely.
            assertEquals(0, one ? bias[0] : bias[1] - bias[0], 1e-4, loss);
            assertEquals(0, one ? weight[0] : weight[1] - weight[0], 1e-4, loss);
            String kept = model(ran).file().text();
            assertTrue(kept.contains(one ? "pos_weight" : "weight: [0.55"), kept);
        }
    }

    @Test
    void aWeightBelow0IsRefusedWithItsRow() throws IOException {
        Files.writeString(folder.resolve("below.csv"), "x,y,w\n1,2,1\n1,2,-0.5\n");
        String message = assertThrows(
                        DataException.class,
                        () -> run(
                                "below",
                                "data={train: {path: below.csv}, features: x, label: y, weight: w}",
                                "model={layers: [linear: 1]}",
                                "loss=mse",
                                "metrics=[]"))
                .getMessage();
        assertTrue(
                message.startsWith("Weight must be at least 0: file=")
                        && message.endsWith("row=2, column=w, value=-0.5"),
                message);
    }

    private static String[] settings(String[] common, String path, String weight, int workers) {
        String[] settings = new String[common.length];
        for (int i = 0; i < settings.length; i++) {
            settings[i] =
                    common[i].replace("PATH", path).replace("WEIGHT", weight).replace("WORKERS", "" + workers);
        }
        return settings;
    }

    private static void assertClose(Jobs.Ran one, Jobs.Ran other, double tolerance) throws IOException {
        Map<String, float[]> found = other.weights();
        for (Map.Entry<String, float[]> parameter : one.weights().entrySet()) {
            for (int i = 0; i < parameter.getValue().length; i++) {
                assertEquals(parameter.getValue()[i], found.get(parameter.getKey())[i], tolerance, parameter.getKey());
            }
        }
    }
}

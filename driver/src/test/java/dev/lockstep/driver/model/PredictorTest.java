package dev.lockstep.driver.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.lockstep.driver.DataException;
import dev.lockstep.driver.data.encoding.CategoryNumbers;
import dev.lockstep.driver.data.encoding.Vocabulary;
import dev.lockstep.driver.data.source.table.CellsByName;
import dev.lockstep.driver.job.Features;
import dev.lockstep.losses.BceWithLogits;
import dev.lockstep.losses.Mse;
import dev.lockstep.worker.layer.Linear;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A model that is read back from its folder by a program of no Spark. */
class PredictorTest {
    private static final Features NUMBERS = new Features(List.of(List.of("a", "b", "c")));

    @TempDir
    private Path folder;

    private Path written(TrainedModel model) throws IOException {
        Path path = folder.resolve("model");
        new ModelFolder(new org.apache.hadoop.fs.Path(path.toUri()), new Configuration()).write(model);
        return path;
    }

    @Test
    void classesGetTheirProbabilities() throws IOException {
        try (Predictor predictor = Predictor.load(written(SmallModel.colours(NUMBERS)))) {
            assertEquals(List.of(List.of("a", "b", "c")), predictor.features());
            assertEquals(List.of("red", "green", "blue"), predictor.labels());
            assertEquals(3, predictor.inputs());
            double[] p = predictor.predict(new double[] {1, 2, 3});
            assertEquals(1, Arrays.stream(p).sum(), 1e-12);
            int best = predictor.best(p);
            assertEquals(Arrays.stream(p).max().getAsDouble(), p[best]);
        }
    }

    @Test
    void manyExamplesGiveWhatEachAloneDoes() throws IOException {
        double[][] examples = new double[600][];
        Arrays.setAll(examples, row -> new double[] {row / 100.0, Math.sin(row), -row % 7});
        try (Predictor predictor = Predictor.load(written(SmallModel.colours(NUMBERS)), 2)) {
            double[][] together = predictor.predict(examples);
            assertEquals(600, together.length);
            for (int row = 0; row < 600; row += 37) {
                assertArrayEquals(predictor.predict(examples[row]), together[row], 1e-6);
            }
            assertEquals(0, predictor.predict(new double[0][]).length);
        }
    }

    @Test
    void floatsGiveFloats() throws IOException {
        TrainedModel model = SmallModel.of(NUMBERS, 0, List.of(), new Mse(), new Linear(2));
        try (Predictor predictor = Predictor.load(written(model))) {
            double[] wide = predictor.predict(new double[] {0.5, 1.5, 2.5});
            float[] narrow = predictor.predict(new float[] {0.5f, 1.5f, 2.5f});
            assertArrayEquals(new float[] {(float) wide[0], (float) wide[1]}, narrow);
            String said = assertThrows(IllegalArgumentException.class, () -> predictor.best(wide))
                    .getMessage();
            assertEquals("Model must have classes: loss=" + new Mse(), said);
        }
    }

    @Test
    void oneScoreTellsTwoClassesApart() throws IOException {
        TrainedModel model = SmallModel.of(NUMBERS, 2, List.of("no", "yes"), new BceWithLogits(), new Linear(1));
        try (Predictor predictor = Predictor.load(written(model))) {
            double[] p = predictor.predict(new double[] {1, 1, 1});
            assertEquals(2, p.length);
            assertEquals(1, p[0] + p[1], 1e-12);
            assertEquals(p[1] > 0.5 ? "yes" : "no", predictor.labels().get(predictor.best(p)));
        }
    }

    @Test
    void cellsMayComeByName() throws IOException {
        try (Predictor predictor = Predictor.load(written(SmallModel.colours(NUMBERS)))) {
            double[] byPlace = predictor.predict(new double[] {1, 0, 86_400});
            Map<String, Object> row = Map.of("c", LocalDate.of(1970, 1, 2), "b", false, "more", "text", "a", "1.0");
            assertArrayEquals(byPlace, predictor.predict(row));
            assertArrayEquals(byPlace, predictor.predict(List.of(Map.of("a", 2, "b", 3, "c", 4), row))[1]);
            assertEquals(0, predictor.predict(List.<Map<String, Object>>of()).length);
        }
    }

    @Test
    void aVectorMayBeAnArrayOrAList() throws IOException {
        try (Predictor predictor = Predictor.load(written(SmallModel.colours(Features.of("features"))))) {
            double[] byPlace = predictor.predict(new double[] {1, 2, 3});
            assertArrayEquals(byPlace, predictor.predict(Map.of("features", new float[] {1, 2, 3})));
            assertArrayEquals(byPlace, predictor.predict(Map.of("features", List.of(1, 2.0, "3"))));
            assertSaid(
                    "Example must have as many numbers as the model takes: row=1, columns=[features], numbers=2, wanted=3",
                    predictor,
                    Map.of("features", new int[] {1, 2}));
        }
    }

    @Test
    void categoriesByNameAreTextAndGapsAreFilledLater() {
        Vocabulary cities = new Vocabulary("city", 2, /* sparse */ false, List.of("Bern", "Rome"));
        CellsByName cells = new CellsByName(
                List.of(List.of("a")), List.of("city"), List.of(new CategoryNumbers(cities)), 2, /* fills */ true);
        assertArrayEquals(new double[] {1, 2}, cells.read(Map.of("a", 1, "city", "Rome"), 0));
        assertArrayEquals(new double[] {1, 0}, cells.read(Map.of("a", 1, "city", "Oslo"), 0));
        Map<String, Object> gaps = new HashMap<>();
        gaps.put("a", null);
        gaps.put("city", null);
        assertArrayEquals(new double[] {Double.NaN, 0}, cells.read(gaps, 0));
    }

    @Test
    void aCellThatCannotBeUsedIsNamed() throws IOException {
        try (Predictor predictor = Predictor.load(written(SmallModel.colours(NUMBERS)))) {
            assertSaid(
                    "Value must be a number: source=given, row=1, column=b, value=many",
                    predictor,
                    Map.of("a", 1, "b", "many", "c", 3));
            assertSaid(
                    "Value must be finite: source=given, row=1, column=b, value=NaN",
                    predictor,
                    Map.of("a", 1, "b", Double.NaN, "c", 3));
            assertSaid(
                    "Value must be a number, a truth value, a time or text: source=given, row=1, column=b, value=A",
                    predictor,
                    Map.of("a", 1, "b", 'A', "c", 3));
            assertSaid(
                    "Example must have every column of the model: row=1, missing=c, columns=[a, b]. What is not known is"
                            + " null.",
                    predictor,
                    new TreeMap<>(Map.of("a", 1, "b", 2)));
        }
    }

    private static void assertSaid(String message, Predictor predictor, Map<String, ?> row) {
        assertEquals(
                message,
                assertThrows(IllegalArgumentException.class, () -> predictor.predict(row))
                        .getMessage());
    }

    @Test
    void threadsMayPredictAtOnce() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try (Predictor predictor = Predictor.load(written(SmallModel.colours(NUMBERS)))) {
            List<Future<double[]>> futures = new ArrayList<>();
            for (int i = 0; i < 200; i++) {
                double[] example = {i, 1, 2};
                futures.add(threads.submit(() -> predictor.predict(example)));
            }
            for (int i = 0; i < 200; i++) {
                assertArrayEquals(
                        predictor.predict(new double[] {i, 1, 2}),
                        futures.get(i).get(1, TimeUnit.MINUTES));
            }
        } finally {
            threads.shutdown();
        }
    }

    @Test
    void whatIsNoExampleIsRefused() throws IOException {
        try (Predictor predictor = Predictor.load(written(SmallModel.colours(NUMBERS)))) {
            assertEquals(
                    "Example must have as many numbers as the model takes: example=1, numbers=2, inputs=3",
                    assertThrows(
                                    IllegalArgumentException.class,
                                    () -> predictor.predict(new double[][] {{1, 2, 3}, {1, 2}}))
                            .getMessage());
            assertEquals(
                    "Number must be finite and fit a 32-bit float: example=0, place=1, value=NaN",
                    assertThrows(
                                    IllegalArgumentException.class,
                                    () -> predictor.predict(new double[] {1, Double.NaN, 3}))
                            .getMessage());
        }
        Path none = folder.resolve("none");
        String said =
                assertThrows(DataException.class, () -> Predictor.load(none)).getMessage();
        assertEquals(
                "There is no model in the folder: folder=" + none + ", missing=" + none
                        + "/model.yaml. A training leaves its model in OUTPUT/model.",
                said);
    }

    @Test
    @Tag("process")
    void neitherSparkNorHadoopIsNeeded() throws Exception {
        Path model = written(SmallModel.colours(NUMBERS));
        String classPath = Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(entry -> !new File(entry).getName().matches("(spark|hadoop|scala)-.*\\.jar"))
                .collect(Collectors.joining(File.pathSeparator));
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx256m",
                        "-cp",
                        classPath,
                        PredictorProbe.class.getName(),
                        model.toString())
                .redirectErrorStream(true)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, process.waitFor(), said);
        try (Predictor predictor = Predictor.load(model)) {
            double[] here = predictor.predict(new double[] {1.5, 2.5, 3.5});
            assertEquals(
                    List.of(
                            "none of org.apache.spark.SparkContext",
                            "none of org.apache.hadoop.fs.Path",
                            "none of scala.Option",
                            predictor.labels().get(predictor.best(here)) + " " + Arrays.toString(here)),
                    said.lines().filter(line -> !line.startsWith("SLF4J")).toList());
        }
    }
}

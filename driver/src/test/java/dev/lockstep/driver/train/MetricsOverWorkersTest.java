package dev.lockstep.driver.train;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.lockstep.driver.data.LocalSpark;
import dev.lockstep.driver.report.RunListener;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Figures over a whole data set are the same however many workers measured its parts. The learning rate is 0. */
@Tag("spark")
class MetricsOverWorkersTest {
    private static final double TOLERANCE = 1e-6;

    @TempDir
    static Path folder;

    @BeforeAll
    static void writeData() throws IOException {
        Random random = new Random(12);
        StringBuilder text = new StringBuilder("a,b,yes,size,sign\n");
        for (int row = 0; row < 301; row++) {
            double a = random.nextGaussian();
            double b = random.nextGaussian();
            text.append(String.format(
                    Locale.ROOT,
                    "%f,%f,%d,%f,%d%n",
                    a,
                    b,
                    a + random.nextGaussian() > 0 ? 1 : 0,
                    a - b,
                    a > b ? 1 : -1));
        }
        Files.writeString(folder.resolve("data.csv"), text);
        Files.writeString(
                folder.resolve("job.yaml"),
                """
                data:
                  train: {path: data.csv, format: csv, options: {header: true}}
                  validation: {path: data.csv, format: csv, options: {header: true}}
                  features: [a, b]
                  label: yes
                model:
                  layers: [linear: 8, tanh, linear: 1]
                loss: bce_with_logits
                optimizer: {sgd: {lr: 0}}
                train: {epochs: 1, batch: 100, seed: 5}
                metrics: [accuracy, precision, recall, f1: macro, auc, confusion_matrix]
                """);
    }

    @Test
    void ofClasses() {
        RunListener.Epoch one = epoch("one", "train.workers=1");
        RunListener.Epoch three = epoch("three", "train.workers=3");

        assertEquals(List.of("loss", "accuracy", "precision", "recall", "f1", "auc"), names(one));
        assertEquals(one.tables(), three.tables());
        assertEquals(
                301,
                one.tables().get("confusion_matrix").stream()
                        .flatMap(List::stream)
                        .mapToDouble(Double::doubleValue)
                        .sum());
        assertSameFigures(one, three);
    }

    @Test
    void ofNumbers() {
        String[] changed = {"data.label=size", "loss=mse", "metrics=[mae, rmse, r2]"};
        RunListener.Epoch one = epoch("one-number", changed[0], changed[1], changed[2], "train.workers=1");
        RunListener.Epoch eight = epoch("eight-numbers", changed[0], changed[1], changed[2], "train.workers=8");

        assertEquals(List.of("loss", "mae", "rmse", "r2"), names(one));
        assertEquals(one.validation().get("loss"), Math.pow(one.validation().get("rmse"), 2), TOLERANCE);
        assertSameFigures(one, eight);
    }

    @Test
    void noneAreNeeded() {
        RunListener.Epoch pairs =
                epoch("pairs", "data.features=[[a], [b]]", "loss=cosine_embedding", "data.label=sign", "metrics=[]");
        assertEquals(List.of("loss"), names(pairs));
    }

    private static List<String> names(RunListener.Epoch epoch) {
        return List.copyOf(epoch.validation().keySet());
    }

    private static void assertSameFigures(RunListener.Epoch one, RunListener.Epoch many) {
        assertEquals(one.validation().keySet(), many.validation().keySet());
        one.validation()
                .forEach(
                        (name, figure) -> assertEquals(figure, many.validation().get(name), TOLERANCE, name));
    }

    private static RunListener.Epoch epoch(String name, String... settings) {
        Jobs.Ran ran =
                Jobs.run(LocalSpark.session(), Jobs.read(folder.resolve("job.yaml"), folder.resolve(name), settings));
        assertEquals(1, ran.epochs().size());
        return ran.epochs().get(0);
    }
}

package dev.lockstep.driver.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lockstep.driver.TrainingException;
import dev.lockstep.driver.data.LocalSpark;
import dev.lockstep.driver.report.RunListener;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What a job makes small beside its loss, and what becomes of a step whose gradient is not finite, over workers and
 * shards.
 */
@Tag("spark")
class ObjectiveTest {
    private static final String REGULARIZED = "regularization={l1: 0.01, l2: 0.04, pattern: \"*.weight\"}";
    private static final String HUGE = "data.train.path=huge.csv";
    private static final String LINEAR = "model.layers=[linear: 1]";
    private static final int BAD_ROW = 12;

    @TempDir
    static Path folder;

    @BeforeAll
    static void writeData() throws IOException {
        StringBuilder sound = new StringBuilder("a,b,y\n");
        StringBuilder huge = new StringBuilder("a,b,y\n");
        StringBuilder zero = new StringBuilder("a,b,y\n");
        for (int row = 0; row < 20; row++) {
            double a = Math.sin(row);
            double b = Math.cos(3 * row);
            sound.append(a + "," + b + "," + (a - 2 * b) + "\n");
            huge.append((row == BAD_ROW ? 1e30 : a) + "," + b + "," + (a - 2 * b) + "\n");
            zero.append("0,0,0\n");
        }
        Files.writeString(folder.resolve("sound.csv"), sound);
        Files.writeString(folder.resolve("huge.csv"), huge);
        Files.writeString(folder.resolve("zero.csv"), zero);
        Files.writeString(
                folder.resolve("job.yaml"),
                """
                data: {train: {path: sound.csv}, label: y, shuffle: false}
                model: {layers: [linear: 8, tanh, linear: 1]}
                loss: mse
                optimizer: {sgd: {lr: 0.05}}
                train: {epochs: 2, batch: 5, seed: 3}
                """);
    }

    private static Jobs.Ran run(String name, String... settings) {
        return Jobs.run(LocalSpark.session(), Jobs.read(folder.resolve("job.yaml"), folder.resolve(name), settings));
    }

    private static double[] regularization(Jobs.Ran ran) {
        return ran.steps().stream()
                .mapToDouble(step -> step.regularization().orElseThrow())
                .toArray();
    }

    @Test
    void regularizationIsToldApartFromTheLoss() throws IOException {
        Jobs.Ran ran = run("still", REGULARIZED, "optimizer.sgd.lr=0", "train.workers=2");
        double reg = 0;
        for (Map.Entry<String, float[]> parameter : ran.weights().entrySet()) {
            for (float w : parameter.getValue()) {
                reg += parameter.getKey().endsWith(".weight") ? 0.01 * Math.abs(w) + 0.02 * w * w : 0;
            }
        }

        assertTrue(reg > 0.01);
        for (double told : regularization(ran)) {
            assertEquals(reg, told, 1e-12);
        }
        assertEquals(reg, ran.epochs().get(0).regularization().orElseThrow(), 1e-12);
        Jobs.Ran without = run("still-without", "optimizer.sgd.lr=0", "train.workers=2");
        assertArrayEquals(without.losses(), ran.losses());
        assertTrue(without.steps().get(0).regularization().isEmpty());
        assertTrue(without.epochs().get(0).regularization().isEmpty());
    }

    @Test
    void regularizationHasTheSameBitsOverAnyNumberOfShards() throws IOException {
        Jobs.Ran one = run("shards-1", REGULARIZED, "train.workers=2", "train.shards=1");
        Jobs.Ran three = run("shards-3", REGULARIZED, "train.workers=2", "train.shards=3");
        assertArrayEquals(regularization(one), regularization(three));
        assertTrue(Jobs.sameBits(one.weights(), three.weights()));

        Jobs.Ran alone = run("alone", REGULARIZED, "train.workers=1");
        assertEquals(regularization(alone)[0], regularization(three)[0]);
        assertArrayEquals(regularization(alone), regularization(three), 1e-6);
    }

    @Test
    void weightDecaysByPatternAndApartFromTheGradient() throws IOException {
        Jobs.Ran ran = run(
                "decay",
                "data.train.path=zero.csv",
                "init.bias=zeros",
                "optimizer={adamw: {lr: 0.1, weight_decay: 0.5}, groups: {\"2.*\": {weight_decay: 0}}}",
                "train.workers=2");
        Jobs.Ran still = run(
                "decay-none",
                "data.train.path=zero.csv",
                "init.bias=zeros",
                "optimizer={adamw: {lr: 0, weight_decay: 0.5}}");
        float[] before = still.weights().get("0.weight");
        float[] after = ran.weights().get("0.weight");
        for (int i = 0; i < before.length; i++) {
            assertEquals(before[i] * Math.pow(1 - 0.1 * 0.5, 8), after[i], 1e-6);
        }
        assertArrayEquals(still.weights().get("2.weight"), ran.weights().get("2.weight"));
    }

    @Test
    void aGradientThatIsNotFiniteStopsTheRunAndNamesTheParameter() {
        String message = assertThrows(TrainingException.class, () -> run("stop", HUGE, LINEAR, "train.workers=2"))
                .getMessage();
        assertTrue(message.startsWith("Gradient is not finite: step=3, parameter=0.weight."), message);
    }

    @Test
    void aLossThatIsNotFiniteNamesTheFirstParameterOfTheBackwardPass() {
        String message = assertThrows(
                        TrainingException.class,
                        () -> run("overflow", HUGE, LINEAR, "init={weight: ones}", "loss=poisson_nll"))
                .getMessage();
        // The worker and the shard notice it at the same time, and the first that is heard counts.
        assertTrue(
                message.startsWith("Loss is not finite: step=3, worker=0, sum=Infinity,"
                                + " first gradient that is not finite=0.bias.")
                        || message.startsWith("Gradient is not finite: step=3, parameter=0.bias."),
                message);
    }

    @Test
    void orTheStepIsSkipped() throws IOException {
        Jobs.Ran ran = run("skip", HUGE, LINEAR, "train.workers=2", "train.non_finite=skip");
        List<Long> skipped = ran.steps().stream()
                .filter(step -> step.skipped().isPresent())
                .map(RunListener.Step::step)
                .toList();
        assertEquals(List.of(3L, 7L), skipped);
        assertEquals(Optional.of("0.weight"), ran.steps().get(2).skipped());
        for (float[] values : ran.weights().values()) {
            for (float w : values) {
                assertTrue(Float.isFinite(w));
            }
        }
        assertTrue(Double.isFinite(ran.epochs().get(1).loss()));
        assertTrue(ran.epochs().get(1).loss() < ran.epochs().get(0).loss());
    }
}

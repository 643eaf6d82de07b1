package dev.lockstep.driver.check;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lockstep.driver.data.LocalSpark;
import dev.lockstep.driver.job.Job;
import dev.lockstep.driver.job.JobFile;
import dev.lockstep.driver.train.FirstBatch;
import dev.lockstep.worker.check.TensorCheck;
import dev.lockstep.worker.check.TensorCheck.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Checks of whole jobs: whatever the loss takes, and however the data come. */
@Tag("spark")
class CheckerTest {
    private static final String SENTENCE_TARGETS = ",t0,t1,steps,length";

    @TempDir
    private static Path folder;

    /** Twelve features, a class, a number, and for sequences two targets with lengths of input and target. */
    @BeforeAll
    static void writeRows() throws IOException {
        Random random = new Random(4);
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < 12; i++) {
            text.append('x').append(i).append(',');
        }
        text.append("sign,number").append(SENTENCE_TARGETS).append('\n');
        for (int row = 0; row < 40; row++) {
            for (int i = 0; i < 12; i++) {
                text.append(random.nextGaussian()).append(',');
            }
            text.append(row % 2 * 2 - 1).append(',').append(random.nextGaussian());
            text.append(",%d,%d,4,%d%n".formatted(1 + row % 3, 1 + row / 3 % 3, 1 + row % 2));
        }
        Files.writeString(folder.resolve("rows.csv"), text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                // A pair and a triplet go through one network; a sequence has targets and lengths.
                "{features: [[x0..x3], [x4..x7]], label: sign, shape: [4]};[linear: 5, tanh];cosine_embedding",
                "{features: [[x0..x3], [x4..x7], [x8..x11]], shape: [4]};[linear: 5, relu, linear: 3];triplet_margin",
                "{features: x0..x11, label: [t0, t1, steps, length], shape: [4, 3]};"
                        + "[gru: 5, linear: 4, log_softmax: {dim: 2}];ctc",
                "{features: x0..x11, label: number, shape: [1, 3, 4]};"
                        + "[conv2d: {out: 3, kernel: 2}, leaky_relu, max_pool2d: 2, flatten, linear: 1];l1",
                "{features: x0..x11, label: number, shape: [12]};"
                        + "[concat: {branches: [[linear: 1], [linear: 1, softplus]]}];gaussian_nll"
            })
    void theGradientOfEveryKindOfJobIsRight(String parts) throws IOException {
        String[] part = parts.split(";");
        CheckReport report = check(part[0], part[1], part[2]);
        List<TensorCheck> tensors = report.gradients().tensors();
        assertTrue(!tensors.isEmpty(), () -> String.valueOf(report.gradients().obstacle()));
        for (TensorCheck tensor : tensors) {
            // What is added to all three of a triplet changes no distance between them.
            assertTrue(tensor.outcome() == Outcome.RIGHT || tensor.outcome() == Outcome.FLAT, tensor::toString);
        }
        assertEquals(Outcome.RIGHT, tensors.get(0).outcome(), tensors::toString);
    }

    @Test
    void theFirstBatchIsTheSameOverAnyNumberOfWorkers() throws IOException {
        String data = "{features: x0..x11, label: number, shape: [12]}";
        CheckReport one = check(data, "[linear: 5, tanh, linear: 1]", "mse", "train.workers=1");
        CheckReport three = check(data, "[linear: 5, tanh, linear: 1]", "mse", "train.workers=3");
        assertEquals(20, one.examples());
        assertEquals(20, three.examples());
        for (int i = 0; i < 3; i++) {
            assertEquals(
                    one.signals().layers().get(i).figures().activation(),
                    three.signals().layers().get(i).figures().activation(),
                    1e-6);
        }
    }

    @Test
    void theTextHasARowForEachLayerAndTensor() throws IOException {
        CheckReport report =
                check("{features: x0..x11, label: number, shape: [12]}", "[linear: 5, tanh, linear: 1]", "mse");
        List<String> lines = CheckText.lines(report);
        assertEquals("test: first step of 20 examples, 71 parameters", lines.get(0));
        assertTrue(
                lines.stream()
                        .anyMatch(line -> line.matches("  1 \\(tanh\\) +[0-9.e-]+ +sound +[0-9.e-]+ +sound +\\d+ %.*")),
                lines::toString);
        assertTrue(lines.stream().anyMatch(line -> line.matches("  2.bias +right +\\S+ +1 +1 +0")), lines::toString);
        assertTrue(lines.get(lines.size() - 1).startsWith("Gradient: right at 4 of 4 tensors"), lines::toString);
    }

    /** Only the scale keeps the gradients of so small a loss; nothing keeps activations that are too large. */
    @Test
    void whatFp16CannotHoldIsSaidOfEachLayer() throws IOException {
        String data = "{features: x0..x11, label: number, shape: [12]}";
        List<String> sound = CheckText.lines(check(data, "[linear: 5, tanh, linear: 1]", "mse"));
        assertTrue(sound.contains("Fp16: activations fit; gradients fit."), sound::toString);

        List<String> wide = CheckText.lines(check(
                data,
                "[linear: 5, linear: 1]",
                "l1",
                "init={0.weight: {constant: 1000000}, 1.weight: {constant: 1.0e-12}}"));
        assertTrue(
                wide.stream().anyMatch(line -> line.matches("  0 \\(linear\\) +[89][0-9] % +- +- +- +100 % +-.*")),
                wide::toString);
        assertTrue(
                wide.stream()
                        .anyMatch(line -> line.matches("Fp16: [89][0-9] % of the activations of 0 \\(linear\\) become"
                                + " infinite, which no loss scale mends; up to 100 % of gradients become 0, at 0"
                                + " \\(linear\\)\\.")),
                wide::toString);
    }

    private static CheckReport check(String data, String layers, String loss, String... settings) throws IOException {
        String job =
                """
                name: test
                data: {train: {path: rows.csv, options: {header: true}}, %s
                model: {layers: %s}
                loss: %s
                optimizer: adam
                train: {epochs: 1, batch: 20, workers: 2, seed: 3}
                """
                        .formatted(data.substring(1), layers, loss);
        Path file = Files.writeString(folder.resolve("job.yaml"), job);
        List<String> all = new ArrayList<>(List.of(settings));
        all.add("output=" + folder.resolve("out"));
        Job read = JobFile.read(file, all);
        FirstBatch beginning = FirstBatch.of(LocalSpark.session(), read);
        return new Checker(read, CheckSettings.DEFAULTS).run(beginning, done -> {});
    }
}

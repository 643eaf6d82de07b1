package dev.lockstep.driver.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lockstep.driver.data.LocalSpark;
import dev.lockstep.driver.job.Job;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The examples on drawn digits, cut to a few steps: the training loss of the last ones is below that of the first ones.
 */
@Tag("spark")
class ExamplesLearnTest {
    private static final Path EXAMPLES = Path.of("../examples");
    private static final List<String> NAMED =
            List.of("alexnet", "digits", "lenet", "lstm", "mlp", "residual", "resnet18", "vgg");
    private static final int STEPS = 20;
    private static final int COMPARED = 5;

    @TempDir
    static Path folder;

    static List<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(EXAMPLES)) {
            return files.filter(file -> file.toString().endsWith(".yaml"))
                    .filter(ExamplesLearnTest::drawsDigits)
                    .sorted()
                    .toList();
        }
    }

    private static boolean drawsDigits(Path file) {
        try {
            return Files.readString(file).contains("format: digits");
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @Test
    void theCourseIsThere() throws IOException {
        List<String> names = files().stream()
                .map(file -> file.getFileName().toString().replace(".yaml", ""))
                .toList();
        assertTrue(names.containsAll(NAMED), names.toString());
    }

    @ParameterizedTest
    @MethodSource("files")
    void eachLearns(Path file) {
        Job job = Jobs.read(
                file,
                folder.resolve(file.getFileName().toString()),
                "data.train={path: " + folder + "/digits, format: digits, options: {examples: 320, seed: 3}}",
                "data.validation=null",
                "train.batch=64",
                "train.epochs=" + STEPS / 5,
                "metrics=[]",
                "checkpoint=null",
                "schedule=none");
        double[] losses = Jobs.run(LocalSpark.session(), job).losses();

        assertEquals(STEPS, losses.length);
        double first = mean(losses, 0);
        double last = mean(losses, STEPS - COMPARED);
        assertTrue(last < first, file + ": first=" + first + ", last=" + last);
    }

    private static double mean(double[] losses, int from) {
        return Arrays.stream(losses, from, from + COMPARED).average().orElseThrow();
    }
}

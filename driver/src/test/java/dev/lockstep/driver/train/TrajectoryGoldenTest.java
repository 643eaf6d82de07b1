package dev.lockstep.driver.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.lockstep.driver.data.LocalSpark;
import dev.lockstep.driver.job.Job;
import dev.lockstep.worker.safetensors.SafeTensors;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * Whole training runs against PyTorch's, which trajectories.py wrote in float32 and float64: every loss and all weights
 * within ten times what the two differ, or 1e-5. Networks with batch normalisation run at one worker, since statistics
 * are of a worker's share.
 */
@Tag("spark")
class TrajectoryGoldenTest {
    private static final double LEAST = 1e-5;
    private static final Path GOLDEN = Path.of(System.getProperty("golden.dir", "src/test/resources/golden"));

    @TempDir
    Path folder;

    @TestFactory
    List<DynamicTest> followsPyTorch() throws IOException {
        List<DynamicTest> tests = new ArrayList<>();
        try (Stream<Path> runs = Files.list(GOLDEN.resolve("trajectories"))) {
            for (Path run : runs.sorted().toList()) {
                int most = Files.readString(run.resolve("job.yaml")).contains("batch_norm") ? 1 : 3;
                for (int workers = 1; workers <= most; workers++) {
                    int count = workers;
                    tests.add(dynamicTest(run.getFileName() + " with " + workers, () -> follows(run, count)));
                }
            }
        }

        assertFalse(tests.isEmpty(), "no runs in " + GOLDEN.toAbsolutePath());
        return tests;
    }

    private void follows(Path run, int workers) throws IOException {
        Path copy = Files.createTempDirectory(folder, "run");
        for (String name : List.of("job.yaml", "start.safetensors")) {
            Files.copy(run.resolve(name), copy.resolve(name));
        }
        Files.copy(Path.of("src/test/resources/golden/digits.csv"), copy.resolve("digits.csv"));

        Job job = Jobs.read(copy.resolve("job.yaml"), copy.resolve("out"), "train.workers=" + workers);
        Jobs.Ran ran = Jobs.run(LocalSpark.session(), job);

        assertLosses(losses(run.resolve("losses.csv")), losses(run.resolve("losses64.csv")), ran.losses());
        assertWeights(
                weights(run.resolve("end.safetensors")), weights(run.resolve("end64.safetensors")), ran.weights());
    }

    private static void assertLosses(double[] single, double[] exact, double[] ours) {
        double tolerance = LEAST;
        for (int i = 0; i < exact.length; i++) {
            tolerance = Math.max(tolerance, 10 * Math.abs(single[i] - exact[i]));
        }

        assertEquals(exact.length, ours.length, "steps");
        for (int i = 0; i < exact.length; i++) {
            assertEquals(exact[i], ours[i], tolerance, "loss of step " + (i + 1));
        }
    }

    private static void assertWeights(
            Map<String, float[]> single, Map<String, float[]> exact, Map<String, float[]> ours) {
        assertEquals(single.keySet(), ours.keySet());
        for (String name : single.keySet()) {
            float[] expected = exact.get(name);
            double tolerance = LEAST;
            for (int i = 0; i < expected.length; i++) {
                tolerance = Math.max(tolerance, 10.0 * Math.abs(single.get(name)[i] - expected[i]));
            }
            assertTrue(
                    furthest(expected, ours.get(name)) <= tolerance,
                    () -> name + " is off by " + furthest(expected, ours.get(name)));
        }
    }

    private static double furthest(float[] expected, float[] ours) {
        double furthest = expected.length == ours.length ? 0 : Double.POSITIVE_INFINITY;
        for (int i = 0; i < Math.min(expected.length, ours.length); i++) {
            furthest = Math.max(furthest, Math.abs((double) expected[i] - ours[i]));
        }

        return furthest;
    }

    private static double[] losses(Path file) throws IOException {
        return Files.readAllLines(file).stream()
                .mapToDouble(line -> Double.parseDouble(line.split(",")[1]))
                .toArray();
    }

    private static Map<String, float[]> weights(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return SafeTensors.readAll(in, file.toString());
        }
    }
}

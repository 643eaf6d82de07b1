package dev.lockstep.deploy.system;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * SIGKILL of the driver and of everything that it started, in the middle of an epoch: what a power cut does to a run.
 */
@Tag("process")
class KilledDriverSystemTest {
    private static final Duration PATIENCE = Duration.ofMinutes(4);
    private static final int SIGKILL = 128 + 9;

    /** The steps of an epoch: checkpoints, every 700, lie in the middle of epochs too. */
    private static final int EPOCH = 1000;

    private static final Pattern STEP = Pattern.compile("\"step\",\"epoch\":\\d+,\"step\":(\\d+)");

    @TempDir
    private static Path folder;

    private static TrainedFolder trained;

    @BeforeAll
    static void trainStraight() throws Exception {
        String job = Jobs.LONG.replace("examples: 4000", "examples: 20000").replace("epochs: 6", "epochs: 4");
        trained = new TrainedFolder(folder, job + "checkpoint: {every: 700 steps}\n");
        try (JvmProcess straight = trained.train("straight")) {
            assertEquals(0, straight.exitCode(PATIENCE), straight::errors);
        }
    }

    @Test
    void theRunGoesOnToTheSameBits() throws Exception {
        killed("executors", "--master", "local-cluster[2,1,1024]");

        resume("executors", "--master", "local-cluster[2,1,1024]");
    }

    /** Without a whole one nothing is started, and nothing lost. */
    @Test
    void damagedCheckpointsArePassedOverAndNamed() throws Exception {
        killed("damaged", "--master", "local[2]");
        List<Path> checkpoints = checkpoints("damaged");
        for (Path checkpoint : checkpoints) {
            flipABit(checkpoint);
        }
        try (JvmProcess refused = trained.train("damaged", "--master", "local[2]", "--resume")) {
            assertEquals(3, refused.exitCode(PATIENCE), refused::errors);
            assertEquals(1, refused.errors().lines().count(), refused::errors);
            for (Path checkpoint : checkpoints) {
                assertTrue(
                        refused.errors().contains(checkpoint.getFileName() + ": state.safetensors cannot be read"),
                        refused::errors);
            }
        }
        assertEquals(checkpoints, checkpoints("damaged"));

        for (Path older : checkpoints.subList(1, checkpoints.size())) {
            flipABit(older);
        }
        String said = resume("damaged", "--master", "local[2]");
        assertTrue(said.contains("Checkpoint is passed over: "), said);
    }

    /** Kills a run between two checkpoints of which neither ends an epoch. */
    private static void killed(String output, String... more) throws Exception {
        try (JvmProcess victim = trained.train(output, more)) {
            victim.until(() -> lastStep(output) > EPOCH + 500, "a step after checkpoint 1400", PATIENCE);
            victim.kill();
            assertEquals(SIGKILL, victim.exitCode(PATIENCE));
        }
        long step = lastStep(output);
        assertTrue(step < 4 * EPOCH && step % EPOCH != 0, () -> "killed in the middle of an epoch: step=" + step);
    }

    /** Returns what the run says on stderr. */
    private static String resume(String output, String... more) throws Exception {
        String[] arguments = Arrays.copyOf(more, more.length + 1);
        arguments[more.length] = "--resume";
        try (JvmProcess resumed = trained.train(output, arguments)) {
            assertEquals(0, resumed.exitCode(PATIENCE), resumed::errors);
            assertTrue(resumed.output().contains("resumed after step "), resumed::output);
            assertArrayEquals(trained.weights("straight"), trained.weights(output));
            return resumed.errors();
        }
    }

    /** The newest first. */
    private static List<Path> checkpoints(String output) throws IOException {
        try (var found = Files.list(trained.output(output).resolve("checkpoints"))) {
            return found.filter(path -> path.getFileName().toString().startsWith("step-"))
                    .sorted((one, other) -> Long.compare(step(other), step(one)))
                    .toList();
        }
    }

    private static long step(Path checkpoint) {
        return Long.parseLong(checkpoint.getFileName().toString().substring("step-".length()));
    }

    /** Twice is as never. */
    private static void flipABit(Path checkpoint) throws IOException {
        Path state = checkpoint.resolve("state.safetensors");
        byte[] whole = Files.readAllBytes(state);
        whole[whole.length - 5] ^= 1;
        Files.write(state, whole);
    }

    /** By the metrics file; 0 before there is one. */
    private static long lastStep(String output) {
        long last = 0;
        try {
            Path file = trained.output(output).resolve("metrics.jsonl");
            Matcher steps = STEP.matcher(Files.exists(file) ? Files.readString(file) : "");
            while (steps.find()) {
                last = Long.parseLong(steps.group(1));
            }
            return last;
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}

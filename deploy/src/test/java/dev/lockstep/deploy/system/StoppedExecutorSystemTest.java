package dev.lockstep.deploy.system;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * An executor that does not run for a while, as one whose machine sleeps or swaps. Its frames go over the network's
 * links, so that nothing is helped by being on one machine.
 */
@Tag("process")
class StoppedExecutorSystemTest {
    private static final Duration PATIENCE = Duration.ofMinutes(10);

    private static final String JOB =
            """
            name: stopped
            data:
              train: {format: random, options: {examples: 2000, seed: 3, classes: 4}}
              shape: [20]
            model:
              layers: [linear: 50, batch_norm1d, relu, linear: 4]
            loss: cross_entropy
            optimizer: {adam: {lr: 1.0e-3}}
            train: {epochs: 25, batch: 20, workers: 2, seed: 5}
            checkpoint: {every: 1 epoch}
            """;

    @TempDir
    private Path folder;

    /** Shorter than the silence that makes a member lost. */
    @Test
    void forSecondsCostsThoseAlone() throws Exception {
        String errors = stopFor(22);
        assertFalse(errors.contains("Starting again"), errors);
    }

    /** After one minute the executor is there again; after five Spark has another in its place. */
    @Tag("slow")
    @ParameterizedTest
    @ValueSource(ints = {60, 300})
    void forMinutesCostsTheStepsSinceTheLastCheckpointAtMost(int seconds) throws Exception {
        String unused = stopFor(seconds);
    }

    /** What the run said, whose result is that of one that nothing happened to. */
    private String stopFor(int seconds) throws Exception {
        Installation installation = Installation.built();
        Path job = Files.writeString(folder.resolve("job.yaml"), JOB);
        List<String> network = List.of("spark.lockstep.shortcuts=false");
        try (StandaloneCluster cluster =
                StandaloneCluster.start(installation, folder.resolve("cluster"), /* workers */ 2)) {
            JvmProcess whole = cluster.submit("whole", network, "train", job.toString(), set("whole"));
            assertEquals(0, whole.exitCode(PATIENCE), whole::errors);
            JvmProcess stopped = cluster.submit("stopped", network, "train", job.toString(), set("stopped"));
            String unused = stopped.await(Pattern.compile("(epoch 4/25  loss)"), PATIENCE);
            ProcessHandle executor = cluster.executors().get(1);
            signal("STOP", executor);
            boolean gone = executor.onExit()
                    .thenApply(process -> true)
                    .completeOnTimeout(false, seconds, TimeUnit.SECONDS)
                    .get();
            if (!gone) {
                signal("CONT", executor);
            }

            assertEquals(0, stopped.exitCode(PATIENCE), () -> stopped.output() + stopped.errors());
            assertArrayEquals(weights("whole"), weights("stopped"));
            return stopped.errors();
        }
    }

    private static void signal(String name, ProcessHandle process) throws IOException, InterruptedException {
        int unused = new ProcessBuilder("kill", "-" + name, Long.toString(process.pid()))
                .start()
                .waitFor();
    }

    private String set(String name) {
        return "--set=output=" + output(name);
    }

    private byte[] weights(String name) throws IOException {
        return Files.readAllBytes(output(name).resolve("model/weights.safetensors"));
    }

    private Path output(String name) {
        return folder.resolve("out").resolve(name);
    }
}

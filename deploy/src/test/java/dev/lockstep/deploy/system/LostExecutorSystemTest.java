package dev.lockstep.deploy.system;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Laws 3 and 4: an executor that is killed, with a worker and a shard in it, costs the steps since the last checkpoint
 * and no bit.
 */
@Tag("process")
class LostExecutorSystemTest {
    private static final Duration PATIENCE = Duration.ofMinutes(4);

    private static final String JOB =
            """
            name: lost
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

    @Test
    void costsTimeAndNoBit() throws Exception {
        Installation installation = Installation.built();
        Path job = Files.writeString(folder.resolve("job.yaml"), JOB);
        try (JvmProcess whole = JvmProcess.start(
                "whole",
                folder,
                Map.of(),
                installation.lockstep("train", job.toString(), "--set", "output=" + output("whole")))) {
            assertEquals(0, whole.exitCode(PATIENCE), whole::errors);
        }

        try (StandaloneCluster cluster =
                        StandaloneCluster.start(installation, folder.resolve("cluster"), /* workers */ 2);
                JvmProcess robbed = cluster.submit(
                        "robbed", List.of(), "train", job.toString(), "--set", "output=" + output("robbed"))) {
            String unused = robbed.await(Pattern.compile("(epoch 4/25  loss)"), PATIENCE);
            List<ProcessHandle> executors = cluster.executors();
            assertEquals(2, executors.size());
            assertTrue(executors.get(1).destroyForcibly());

            assertEquals(0, robbed.exitCode(PATIENCE), () -> robbed.output() + robbed.errors());
            assertTrue(starts(robbed.output()) > 1, robbed::output);
            // By Spark and at once, not by silence.
            assertTrue(
                    Pattern.compile("after a failure: (Worker was|Shards were) lost with")
                            .matcher(robbed.errors())
                            .find(),
                    robbed::errors);
        }
        assertArrayEquals(weights("whole"), weights("robbed"));
    }

    /** How often the run said what it is about to do. */
    private static long starts(String output) {
        return output.lines().filter(line -> line.startsWith("lost: ")).count();
    }

    private byte[] weights(String name) throws Exception {
        return Files.readAllBytes(output(name).resolve("model/weights.safetensors"));
    }

    private Path output(String name) {
        return folder.resolve("out").resolve(name);
    }
}

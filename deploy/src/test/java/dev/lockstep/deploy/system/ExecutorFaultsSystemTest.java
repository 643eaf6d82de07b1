package dev.lockstep.deploy.system;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Laws 3 and 4: an executor that is killed or stopped, with a worker and a shard in it, costs time and no bit.
 */
@Tag("process")
class ExecutorFaultsSystemTest {
    private static final Duration PATIENCE = Duration.ofMinutes(10);

    private static final String JOB =
            """
            name: faults
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

    /** Frames go over the network's links, so that nothing is helped by being on one machine. */
    private static final List<String> NETWORK = List.of("spark.lockstep.shortcuts=false");

    @TempDir
    private static Path folder;

    private static Path job;
    private static byte[] undisturbed;
    private static StandaloneCluster cluster;

    @BeforeAll
    static void trainUndisturbed() throws Exception {
        Installation installation = Installation.built();
        job = Files.writeString(folder.resolve("job.yaml"), JOB);
        List<String> command = installation.lockstep("train", job.toString(), output("undisturbed"));
        try (JvmProcess run = JvmProcess.start("undisturbed", folder, Map.of(), command)) {
            assertEquals(0, run.exitCode(PATIENCE), run::errors);
        }
        undisturbed = weights("undisturbed");
        cluster = StandaloneCluster.start(installation, folder.resolve("cluster"), /* workers */ 2);
    }

    @AfterAll
    static void stop() {
        if (cluster != null) {
            cluster.close();
        }
    }

    /** By Spark and at once, not by silence. */
    @Test
    void oneThatIsKilledIsMissed() throws Exception {
        JvmProcess run = begin("killed", List.of());
        assertTrue(executor().destroyForcibly());

        requireTheSameBits("killed", run);
        long starts =
                run.output().lines().filter(line -> line.startsWith("faults: ")).count();
        assertTrue(starts > 1, run::output);
        assertTrue(
                Pattern.compile("after a failure: (Worker was|Shards were) lost with")
                        .matcher(run.errors())
                        .find(),
                run::errors);
    }

    /** For longer than a link's silence, and shorter than that which makes a member lost. */
    @Test
    void oneThatIsStoppedForSecondsIsWaitedFor() throws Exception {
        JvmProcess run = begin("stopped", NETWORK);
        stop(executor(), 15);

        requireTheSameBits("stopped", run);
        assertFalse(run.errors().contains("Starting again"), run::errors);
    }

    /** After one minute the executor is there again; after five Spark has another in its place. */
    @Tag("slow")
    @ParameterizedTest
    @ValueSource(ints = {60, 300})
    void oneThatIsStoppedForMinutesCostsTheStepsSinceTheLastCheckpointAtMost(int seconds) throws Exception {
        String name = "stopped-" + seconds;
        JvmProcess run = begin(name, NETWORK);
        stop(executor(), seconds);

        requireTheSameBits(name, run);
    }

    /** In the middle of it. */
    private static JvmProcess begin(String name, List<String> conf) {
        JvmProcess run = cluster.submit(name, conf, "train", job.toString(), output(name));
        String unused = run.await(Pattern.compile("(epoch 4/25  loss)"), PATIENCE);
        return run;
    }

    private static ProcessHandle executor() {
        List<ProcessHandle> executors = cluster.executors();
        assertEquals(2, executors.size());
        return executors.get(1);
    }

    private static void stop(ProcessHandle executor, int seconds) throws Exception {
        signal("STOP", executor);
        boolean isGone = executor.onExit()
                .thenApply(process -> true)
                .completeOnTimeout(false, seconds, TimeUnit.SECONDS)
                .get();
        if (!isGone) {
            signal("CONT", executor);
        }
    }

    private static void signal(String name, ProcessHandle process) throws IOException, InterruptedException {
        int unused = new ProcessBuilder("kill", "-" + name, Long.toString(process.pid()))
                .start()
                .waitFor();
    }

    private static void requireTheSameBits(String name, JvmProcess run) throws Exception {
        assertEquals(0, run.exitCode(PATIENCE), () -> run.output() + run.errors());
        assertArrayEquals(undisturbed, weights(name));
    }

    private static String output(String name) {
        return "--set=output=" + folder.resolve("out").resolve(name);
    }

    private static byte[] weights(String name) throws IOException {
        return Files.readAllBytes(folder.resolve("out").resolve(name).resolve("model/weights.safetensors"));
    }
}

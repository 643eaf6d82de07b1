package dev.lockstep.deploy.system;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * One job, run in one process and by executors in JVMs of their own that exchange gradients: the weights are the same,
 * bit for bit.
 */
@Tag("process")
class TrainingSystemTest {
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    @TempDir
    private static Path folder;

    private static Installation installation;
    private static StandaloneCluster cluster;
    private static Path job;
    private static byte[] weights;

    @BeforeAll
    static void trainInOneProcess() throws Exception {
        installation = Installation.built();
        job = Files.writeString(folder.resolve("job.yaml"), Jobs.RANDOM);
        weights = trained("in-process", installation.lockstep("train", job.toString()));
        cluster = StandaloneCluster.start(installation, folder.resolve("cluster"), /* workers */ 2);
    }

    @AfterAll
    static void stop() {
        cluster.close();
    }

    @Test
    void trainsOverSharedMemoryToTheSameBits() throws Exception {
        assertArrayEquals(weights, submitted("shared-memory", List.of()));
        assertEquals(2, cluster.executorsOfLastApplication());
    }

    @Test
    void trainsOverUdpToTheSameBits() throws Exception {
        assertArrayEquals(weights, submitted("udp", List.of("spark.lockstep.shortcuts=false")));
    }

    @Test
    void trainsWithTheInstalledCommandToTheSameBits() throws Exception {
        List<String> command = installation.lockstep("train", job.toString(), "--master", cluster.url());

        assertArrayEquals(weights, trained("installed", command));
    }

    @Test
    void saysHowManySlotsAreMissing() throws Exception {
        JvmProcess process = run("slots", installation.lockstep("train", job.toString(), "--master", "local[1]"));

        assertEquals(5, process.exitCode(PATIENCE), process.errors());
        assertTrue(process.errors().contains("train.workers=2"), process.errors());
        assertEquals(1, process.errors().lines().count(), process.errors());
    }

    private static byte[] submitted(String name, List<String> conf) throws Exception {
        List<String> arguments = withOutput(name, List.of("train", job.toString()));
        JvmProcess process = cluster.submit(name, conf, arguments.toArray(String[]::new));
        return weights(name, process);
    }

    private static byte[] trained(String name, List<String> command) throws Exception {
        return weights(name, run(name, withOutput(name, command)));
    }

    private static byte[] weights(String name, JvmProcess process) throws Exception {
        try (process) {
            assertEquals(0, process.exitCode(PATIENCE), () -> process.output() + process.errors());
            return Files.readAllBytes(output(name).resolve("model/weights.safetensors"));
        }
    }

    private static List<String> withOutput(String name, List<String> command) {
        List<String> whole = new ArrayList<>(command);
        Collections.addAll(whole, "--set", "output=" + output(name));
        return whole;
    }

    private static JvmProcess run(String name, List<String> command) {
        return JvmProcess.start(name, folder.resolve("logs"), Map.of(), command);
    }

    private static Path output(String name) {
        return folder.resolve("out").resolve(name);
    }
}

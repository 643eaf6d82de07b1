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
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A standalone master and two workers in JVMs of their own, as a user has them. A job that is run in one process, and
 * by executors that exchange gradients, has the same weights, bit for bit.
 */
@Tag("process")
class StandaloneClusterSystemTest {
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    @TempDir
    private static Path folder;

    private static StandaloneCluster cluster;
    private static Path job;
    private static byte[] inOneProcess;

    @BeforeAll
    static void start() throws Exception {
        Installation installation = Installation.built();
        job = Files.writeString(folder.resolve("job.yaml"), Jobs.RANDOM);
        List<String> command = installation.lockstep("train", job.toString(), output("in-process"));
        inOneProcess = weights("in-process", JvmProcess.start("in-process", folder, Map.of(), command));
        cluster = StandaloneCluster.start(installation, folder.resolve("cluster"), /* workers */ 2);
    }

    @AfterAll
    static void stop() {
        if (cluster != null) {
            cluster.close();
        }
    }

    @Test
    void trainsOverSharedMemoryToTheSameBits() throws Exception {
        assertArrayEquals(inOneProcess, submitted("shared-memory", List.of()));
        assertEquals(2, cluster.executorsOfLastApplication());
    }

    @Test
    void trainsOverTheNetworkToTheSameBits() throws Exception {
        assertArrayEquals(inOneProcess, submitted("network", List.of("spark.lockstep.shortcuts=false")));
    }

    @Test
    void trainsWithTheInstalledCommandToTheSameBits() throws Exception {
        JvmProcess run =
                cluster.lockstep("installed", "train", job.toString(), "--master", cluster.url(), output("installed"));

        assertArrayEquals(inOneProcess, weights("installed", run));
    }

    @Test
    void examinesBothExecutorsByTheSubmittedJar() throws Exception {
        requireBothExecutors(cluster.submit("submitted-doctor", List.of(), "doctor"));
    }

    @Test
    void examinesBothExecutorsByTheInstalledCommand() throws Exception {
        requireBothExecutors(cluster.lockstep("installed-doctor", "doctor", "--master", cluster.url()));
    }

    private static void requireBothExecutors(JvmProcess doctor) throws InterruptedException {
        assertEquals(0, doctor.exitCode(PATIENCE), () -> doctor.output() + doctor.errors());
        assertEquals(2, count("^executor \\d+ on ", doctor), doctor.output());
        assertTrue(doctor.output().contains("ok    add-opens"), doctor.output());
        assertEquals(3, count("ok    paths ", doctor), () -> "both executors and the driver: " + doctor.output());
    }

    private static long count(String pattern, JvmProcess process) {
        return Pattern.compile(pattern, Pattern.MULTILINE)
                .matcher(process.output())
                .results()
                .count();
    }

    private static byte[] submitted(String name, List<String> conf) throws Exception {
        return weights(name, cluster.submit(name, conf, "train", job.toString(), output(name)));
    }

    private static String output(String name) {
        return "--set=output=" + folder.resolve("out").resolve(name);
    }

    private static byte[] weights(String name, JvmProcess run) throws Exception {
        try (run) {
            assertEquals(0, run.exitCode(PATIENCE), () -> run.output() + run.errors());
            return Files.readAllBytes(folder.resolve("out").resolve(name).resolve("model/weights.safetensors"));
        }
    }
}

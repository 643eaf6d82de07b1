package dev.lockstep.deploy.system;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The archive, unpacked somewhere else: it trains by itself, and by spark-submit on a cluster that runs from it. */
@Tag("process")
class DistributionSystemTest {
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final Path ARCHIVE = Path.of(System.getProperty("lockstep.archive"));

    @TempDir
    private static Path folder;

    private static Installation unpacked;
    private static Path job;

    @BeforeAll
    static void unpack() throws Exception {
        Path place = Files.createDirectories(folder.resolve("some where"));
        Process tar = new ProcessBuilder("tar", "-xzf", ARCHIVE.toString(), "-C", place.toString())
                .inheritIO()
                .start();
        assertEquals(0, tar.waitFor());
        Path home = place.resolve(ARCHIVE.getFileName().toString().replace(".tar.gz", ""));
        unpacked = new Installation(home, only(home.resolve("lib")));
        job = Files.writeString(folder.resolve("digits.yaml"), Jobs.DIGITS);
    }

    /** Whatever the time, the place and the user of the build: {@code tar} shows all that differs. */
    @Test
    void hasNothingOfTheBuildsTimePlaceOrUser() throws Exception {
        Path list = folder.resolve("list");
        Process tar = new ProcessBuilder("tar", "--utc", "--full-time", "-tvzf", ARCHIVE.toString())
                .redirectOutput(list.toFile())
                .start();
        assertEquals(0, tar.waitFor());

        List<String[]> lines = Files.readAllLines(list).stream()
                .map(line -> line.split("\\s+", 6))
                .toList();
        assertEquals(
                1, lines.stream().map(words -> words[3] + words[4]).distinct().count(), "times");
        assertEquals(
                List.of("root/root"),
                lines.stream().map(words -> words[1]).distinct().toList());
        assertEquals(
                List.of("-rw-r--r--", "-rwxr-xr-x", "drwxr-xr-x"),
                lines.stream().map(words -> words[0]).distinct().sorted().toList());
        List<String> jars = lines.stream()
                .map(words -> words[5])
                .filter(name -> name.contains("/jars/"))
                .toList();
        assertEquals(jars.stream().sorted().toList(), jars, "order");
    }

    @Test
    void hasItsLicencesAndItsSum() throws Exception {
        assertTrue(Files.readString(unpacked.home().resolve("LICENSE")).contains("Apache License"));
        String others = Files.readString(unpacked.home().resolve("THIRD-PARTY.txt"));
        assertTrue(others.contains("io.aeron:aeron-client"), others);
        assertTrue(others.contains("org.apache.spark:spark-core"), others);

        Process sum = new ProcessBuilder("sha256sum", "-c", ARCHIVE.getFileName() + ".sha256")
                .directory(ARCHIVE.getParent().toFile())
                .start();
        assertEquals(0, sum.waitFor());
    }

    @Test
    void trainsByItselfAndSubmittedToACluster() throws Exception {
        byte[] alone =
                trained("alone", unpacked.lockstep("train", job.toString(), "--set", "output=" + output("alone")));

        // Of a worker's one core each, one is the driver's in cluster mode.
        try (StandaloneCluster cluster =
                StandaloneCluster.start(unpacked, folder.resolve("cluster"), /* workers */ 3)) {
            byte[] client = trained("client", submit(cluster, "client"));
            byte[] inside = trained("inside", submit(cluster, "cluster"), cluster);

            assertArrayEquals(client, inside);
            assertArrayEquals(alone, client);
        }
    }

    private static List<String> submit(StandaloneCluster cluster, String mode) {
        List<String> command =
                new ArrayList<>(unpacked.lockstep("submit", job.toString(), "--set", "output=" + outputOf(mode), "--"));
        Collections.addAll(command, "--master", cluster.url(), "--deploy-mode", mode);
        Collections.addAll(command, "--executor-memory", "1g", "--executor-cores", "1");
        Collections.addAll(command, "--conf", "spark.ui.enabled=false", "--conf", "spark.driver.memory=512m");
        Collections.addAll(command, "--conf", "spark.standalone.submit.waitAppCompletion=true");
        return command;
    }

    /** The client ends in peace even where the driver has failed. */
    private static byte[] trained(String name, List<String> command, StandaloneCluster cluster) throws Exception {
        try {
            return trained(name, command);
        } catch (NoSuchFileException e) {
            throw new AssertionError(cluster.driverLogs(), e);
        }
    }

    private static byte[] trained(String name, List<String> command) throws Exception {
        Map<String, String> environment = new TreeMap<>(Map.of("SPARK_LOCAL_IP", "127.0.0.1"));
        environment.put("SPARK_HOME", usersSpark().toString());
        try (JvmProcess process = JvmProcess.start(name, folder.resolve("logs"), environment, command)) {
            assertEquals(0, process.exitCode(PATIENCE), () -> process.output() + process.errors());
        }
        return Files.readAllBytes(output(name).resolve("model/weights.safetensors"));
    }

    private static Path usersSpark() throws Exception {
        Path home = folder.resolve("users spark");
        return Files.exists(home) ? home : UsersSpark.in(folder, unpacked);
    }

    private static Path outputOf(String mode) {
        return output(mode.equals("cluster") ? "inside" : mode);
    }

    private static Path output(String name) {
        return folder.resolve("out").resolve(name);
    }

    private static Path only(Path lib) throws Exception {
        try (Stream<Path> files = Files.list(lib)) {
            List<Path> jars = files.toList();
            assertEquals(1, jars.size(), jars::toString);
            return jars.get(0);
        }
    }
}

package dev.lockstep.deploy.system;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Digits are learned on YARN: with the driver here and in a container, by a user's Spark and by the distribution's. */
@Tag("process")
class YarnSystemTest {
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    @TempDir
    private static Path folder;

    private static MiniYarn yarn;
    private static Path job;

    private final Installation installation = Installation.built();

    @BeforeAll
    static void start() throws IOException {
        yarn = MiniYarn.start(folder);
        job = Files.writeString(folder.resolve("digits.yaml"), Jobs.DIGITS);
    }

    @AfterAll
    static void stop() throws IOException {
        if (yarn != null) {
            yarn.close();
        }
    }

    @Test
    void learnsToTheSameBitsInClientAndInClusterMode() throws Exception {
        Path spark = UsersSpark.in(folder, installation);
        List<String> conf = new ArrayList<>();
        settings().forEach((key, value) -> Collections.addAll(conf, "--conf", key + "=" + value));

        byte[] client = trained("client", Map.of("SPARK_HOME", spark.toString()), submit("client", conf));
        byte[] cluster = trained("cluster", Map.of("SPARK_HOME", spark.toString()), submit("cluster", conf));

        assertArrayEquals(client, cluster);
    }

    @Test
    void learnsFromTheCommandLineAlone() throws Exception {
        StringBuilder options = new StringBuilder();
        settings().forEach((key, value) -> options.append("-D" + key + "=" + value + " "));

        trained(
                "alone",
                Map.of("LOCKSTEP_JAVA_OPTS", options.toString()),
                installation.lockstep(
                        "train", job.toString(), "--master", "yarn", "--set", "output=" + output("alone")));
    }

    private List<String> submit(String mode, List<String> conf) {
        List<String> command = new ArrayList<>(
                installation.lockstep("submit", job.toString(), "--set", "output=" + output(mode), "--"));
        Collections.addAll(command, "--master", "yarn", "--deploy-mode", mode);
        command.addAll(conf);
        return command;
    }

    /** Small containers, and Spark's jars where they are: this machine is all of the cluster. */
    private Map<String, String> settings() {
        Map<String, String> settings = new TreeMap<>();
        settings.put("spark.yarn.jars", "local:" + installation.home() + "/jars/*");
        settings.put("spark.yarn.stagingDir", folder.toUri().toString());
        settings.put("spark.driver.memory", "512m");
        settings.put("spark.executor.memory", "512m");
        settings.put("spark.ui.enabled", "false");
        settings.put("spark.executorEnv.JAVA_TOOL_OPTIONS", JvmProcess.QUICK);
        settings.put("spark.yarn.appMasterEnv.JAVA_TOOL_OPTIONS", JvmProcess.QUICK);
        return settings;
    }

    private static byte[] trained(String name, Map<String, String> environment, List<String> command)
            throws IOException, InterruptedException {
        Map<String, String> all = new TreeMap<>(environment);
        all.put("HADOOP_CONF_DIR", yarn.configuration().toString());
        try (JvmProcess process = JvmProcess.start(name, folder.resolve("logs"), all, command)) {
            assertEquals(0, process.exitCode(PATIENCE), () -> process.output() + process.errors());
        }
        assertTrue(accuracy(name) > 0.8, () -> "output=" + output(name));
        return Files.readAllBytes(output(name).resolve("model/weights.safetensors"));
    }

    private static double accuracy(String name) throws IOException {
        ObjectMapper json = new ObjectMapper();
        double best = 0;
        for (String line : Files.readAllLines(output(name).resolve("metrics.jsonl"))) {
            JsonNode accuracy = json.readTree(line).path("validation").path("accuracy");
            best = Math.max(best, accuracy.asDouble(0));
        }
        return best;
    }

    private static Path output(String name) {
        return folder.resolve("out").resolve(name);
    }
}

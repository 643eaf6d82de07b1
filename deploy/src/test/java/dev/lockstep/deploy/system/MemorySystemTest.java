package dev.lockstep.deploy.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The resident memory of the executors' JVMs, natives and shared memory included, over 10,000 steps of 20 epochs: it
 * stays.
 */
@Tag("process")
class MemorySystemTest {
    private static final Duration PATIENCE = Duration.ofMinutes(4);
    /**
     * The activations of one share are 140 KiB, the network 30 KiB: either leaked in every tenth step would be over it.
     */
    private static final long TOLERANCE_KIB = 24 * 1024;

    private static final String JOB =
            """
            name: memory
            data:
              train: {format: random, options: {examples: 8000, seed: 3, classes: 4}}
              shape: [2, 10, 10]
            model:
              layers: [conv2d: {out: 8, kernel: 3}, batch_norm2d, relu, dropout: 0.1, flatten, linear: 10, relu, linear: 4]
            loss: cross_entropy
            optimizer: {adam: {lr: 1.0e-3}}
            train: {epochs: 40, batch: 16, workers: 2, seed: 5}
            """;

    @TempDir
    private Path folder;

    @Test
    void staysOverTenThousandSteps() throws Exception {
        Path job = Files.writeString(folder.resolve("job.yaml"), JOB);
        try (StandaloneCluster cluster =
                        StandaloneCluster.start(Installation.built(), folder.resolve("cluster"), /* workers */ 2);
                JvmProcess run = cluster.submit(
                        "run",
                        List.of("spark.executor.extraJavaOptions=-Xms1g -XX:+AlwaysPreTouch"),
                        "train",
                        job.toString(),
                        "--set",
                        "output=" + folder.resolve("out"))) {
            String unused = run.await(Pattern.compile("(epoch 19/40  loss)"), PATIENCE);
            Map<Long, Long> before = residentKib(cluster);
            unused = run.await(Pattern.compile("(epoch 39/40  loss)"), PATIENCE);
            Map<Long, Long> after = residentKib(cluster);
            assertEquals(0, run.exitCode(PATIENCE), () -> run.output() + run.errors());

            assertEquals(2, before.size(), before::toString);
            assertEquals(before.keySet(), after.keySet());
            before.forEach((pid, kib) -> assertTrue(
                    after.get(pid) - kib < TOLERANCE_KIB,
                    () -> "resident memory grew: KiB before=" + before + ", after=" + after));
        }
    }

    private static Map<Long, Long> residentKib(StandaloneCluster cluster) throws IOException {
        Map<Long, Long> resident = new TreeMap<>();
        for (ProcessHandle executor : cluster.executors()) {
            String status = Files.readString(Path.of("/proc/" + executor.pid() + "/status"));
            String line = status.lines()
                    .filter(each -> each.startsWith("VmRSS"))
                    .findFirst()
                    .orElseThrow();
            resident.put(executor.pid(), Long.parseLong(line.replaceAll("\\D", "")));
        }

        return resident;
    }
}

package dev.lockstep.worker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lockstep.losses.CrossEntropy;
import dev.lockstep.losses.LossSum;
import dev.lockstep.worker.layer.BatchNorm2d;
import dev.lockstep.worker.layer.Conv2d;
import dev.lockstep.worker.layer.Dropout;
import dev.lockstep.worker.layer.Flatten;
import dev.lockstep.worker.layer.Linear;
import dev.lockstep.worker.layer.MaxPool2d;
import dev.lockstep.worker.layer.Relu;
import dev.lockstep.worker.layer.Size2d;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A process's resident memory, natives included: what it is, and that a step gives back what it takes. */
@Tag("process")
class MemoryTest {
    private static final int STEPS = 10_000;
    /**
     * A float leaked a step would not show; a tensor header of 200 bytes leaked a step would be 2 MiB, one activation
     * far more.
     */
    private static final long TOLERANCE_KIB = 24 * 1024;

    private static final NetworkSpec NETWORK = new NetworkSpec(
            new Conv2d(4, new Size2d(3)),
            new BatchNorm2d(),
            new Relu(),
            new MaxPool2d(new Size2d(2)),
            new Flatten(),
            new Dropout(0.2),
            new Linear(5));

    @Test
    void doesNotGrowOverTenThousandSteps() throws IOException {
        try (Replica replica =
                new LayeredNetwork(NETWORK, List.of(1, 8, 8)).replica(new CrossEntropy(), new ReplicaSettings())) {
            // What grows until it has its size: the JVM's heap and compiled code, libtorch's and the allocator's
            // caches.
            train(replica, STEPS);
            long before = residentKib();
            train(replica, STEPS);
            long grown = residentKib() - before;

            assertTrue(grown < TOLERANCE_KIB, () -> "resident memory grew: KiB=" + grown + ", steps=" + STEPS);
        }
    }

    /**
     * Parameters that libtorch computes with are the flat vector itself, and each gradient is let go when the next is
     * there. Large blocks are taken from the system one by one here, so that what the allocator keeps for later does
     * not count.
     */
    @Test
    void isTwoFlatVectorsAndTwoTensors() throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xms128m",
                "-Xmx128m",
                "-XX:+AlwaysPreTouch",
                "-cp",
                System.getProperty("java.class.path"),
                MemoryProbe.class.getName());
        builder.environment().put("MALLOC_MMAP_THRESHOLD_", "1000000");
        Process probe = builder.redirectError(ProcessBuilder.Redirect.INHERIT).start();
        String output = new String(probe.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, probe.waitFor());

        long tensorKib = (long) MemoryProbe.WIDTH * MemoryProbe.WIDTH * Float.BYTES / 1024;
        long vectorKib = MemoryProbe.LAYERS * tensorKib;
        long grownKib = Long.parseLong(output.strip());
        assertTrue(grownKib > 2 * vectorKib, () -> "nothing was measured: KiB=" + output);
        assertTrue(
                grownKib < 2 * vectorKib + 2 * tensorKib + 16 * 1024,
                () -> "highest resident memory: KiB=" + output + ", one vector=" + vectorKib);
    }

    private static void train(Replica replica, int steps) {
        Examples share = new Examples(6, new float[][] {new float[6 * 64]}, new float[] {0, 1, 2, 3, 4, 0});
        for (int step = 0; step < steps; step++) {
            LossSum unused = replica.train(share, step, MemoryProbe.NOWHERE);
        }
    }

    private static long residentKib() throws IOException {
        System.gc();
        return MemoryProbe.kib("VmRSS");
    }
}

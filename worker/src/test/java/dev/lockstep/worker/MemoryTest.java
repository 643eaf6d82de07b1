package dev.lockstep.worker;

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
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The process's resident memory, natives included, over 10,000 steps: what a step takes, it gives back. */
class MemoryTest {
    private static final int STEPS = 10_000;
    /** A float leaked a step would not show; a tensor header of 200 bytes leaked a step would be 2 MiB, one activation far more. */
    private static final long TOLERANCE_KIB = 24 * 1024;

    private static final NetworkSpec NETWORK = new NetworkSpec(
            new Conv2d(4, new Size2d(3)),
            new BatchNorm2d(),
            new Conv2d(4, new Size2d(1)),
            new BatchNorm2d(1e-5, 0.1, true, true, /* sync */ true),
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

    private static void train(Replica replica, int steps) {
        Examples share = new Examples(6, new float[][] {new float[6 * 64]}, new float[] {0, 1, 2, 3, 4, 0});
        GradientSink nowhere = new GradientSink() {
            @Override
            public void started(LossSum loss) {}

            @Override
            public void ready(int parameter) {}
        };
        for (int step = 0; step < steps; step++) {
            LossSum unused = replica.train(share, step, nowhere);
        }
    }

    private static long residentKib() throws IOException {
        System.gc();
        return Files.readAllLines(Path.of("/proc/self/status")).stream()
                .filter(line -> line.startsWith("VmRSS"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                .findFirst()
                .orElseThrow();
    }
}

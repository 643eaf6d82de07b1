package dev.lockstep.worker;

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
import java.util.Collections;
import java.util.List;

/**
 * Trains in a process of its own and prints by how many KiB its resident memory has grown: at its highest, for a
 * network of equal layers, and over many steps.
 */
final class MemoryProbe {
    static final int LAYERS = 6;
    static final int WIDTH = 2_800;
    static final int STEPS = 10_000;

    private static final NetworkSpec SMALL = new NetworkSpec(
            new Conv2d(4, new Size2d(3)),
            new BatchNorm2d(),
            new Relu(),
            new MaxPool2d(new Size2d(2)),
            new Flatten(),
            new Dropout(0.2),
            new Linear(5));

    private static final GradientSink NOWHERE = new GradientSink() {
        @Override
        public void started(LossSum loss) {}

        @Override
        public void ready(int parameter) {}
    };

    private MemoryProbe() {}

    public static void main(String[] args) throws IOException {
        // Loads the libraries and gives them their buffers.
        long unused = highestKib(WIDTH / 4);
        System.out.println(highestKib(WIDTH));
        System.out.println(grownKib());
    }

    private static long highestKib(int width) throws IOException {
        NetworkSpec equal = new NetworkSpec(Collections.nCopies(LAYERS, new Linear(width)));
        Examples share = new Examples(2, new float[][] {new float[2 * width]}, new float[] {0, 1});
        long before = kib("VmRSS");
        Files.writeString(Path.of("/proc/self/clear_refs"), "5");
        try (Replica replica =
                new LayeredNetwork(equal, List.of(width)).replica(new CrossEntropy(), new ReplicaSettings())) {
            for (int step = 0; step < 5; step++) {
                LossSum loss = replica.train(share, step, NOWHERE);
            }
            return kib("VmHWM") - before;
        }
    }

    private static long grownKib() throws IOException {
        try (Replica replica =
                new LayeredNetwork(SMALL, List.of(1, 8, 8)).replica(new CrossEntropy(), new ReplicaSettings())) {
            // What grows until it has its size: compiled code, libtorch's and the allocator's caches.
            train(replica, STEPS / 2);
            long before = settledKib();
            train(replica, STEPS);
            return settledKib() - before;
        }
    }

    private static void train(Replica replica, int steps) {
        Examples share = new Examples(6, new float[][] {new float[6 * 64]}, new float[] {0, 1, 2, 3, 4, 0});
        for (int step = 0; step < steps; step++) {
            LossSum unused = replica.train(share, step, NOWHERE);
        }
    }

    private static long settledKib() throws IOException {
        System.gc();
        return kib("VmRSS");
    }

    private static long kib(String which) throws IOException {
        return Files.readAllLines(Path.of("/proc/self/status")).stream()
                .filter(line -> line.startsWith(which))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                .findFirst()
                .orElseThrow();
    }
}

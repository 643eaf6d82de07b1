package dev.lockstep.worker;

import dev.lockstep.losses.CrossEntropy;
import dev.lockstep.losses.LossSum;
import dev.lockstep.worker.layer.Linear;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;

/**
 * Trains a network of equal layers in a process of its own and prints by how many KiB its highest resident memory has
 * grown.
 */
final class MemoryProbe {
    static final int LAYERS = 6;
    static final int WIDTH = 2_800;

    private MemoryProbe() {}

    public static void main(String[] args) throws IOException {
        // Loads the libraries and gives them their buffers.
        long unused = grownKib(WIDTH / 4);
        System.out.println(grownKib(WIDTH));
    }

    private static long grownKib(int width) throws IOException {
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

    static final GradientSink NOWHERE = new GradientSink() {
        @Override
        public void started(LossSum loss) {}

        @Override
        public void ready(int parameter) {}
    };

    static long kib(String which) throws IOException {
        return Files.readAllLines(Path.of("/proc/self/status")).stream()
                .filter(line -> line.startsWith(which))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                .findFirst()
                .orElseThrow();
    }
}

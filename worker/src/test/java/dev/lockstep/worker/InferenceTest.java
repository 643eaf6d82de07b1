package dev.lockstep.worker;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import dev.lockstep.losses.Mse;
import dev.lockstep.losses.Tensor;
import dev.lockstep.worker.layer.BatchNorm1d;
import dev.lockstep.worker.layer.Linear;
import dev.lockstep.worker.layer.Tanh;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class InferenceTest {
    private static final Network NETWORK = new LayeredNetwork(
            new NetworkSpec(new Linear(700), new BatchNorm1d(), new Tanh(), new Linear(3)), List.of(600));

    private static float[] drawn(int size, long seed) {
        Random random = new Random(seed);
        float[] values = new float[size];
        for (int i = 0; i < size; i++) {
            values[i] = random.nextFloat();
        }
        return values;
    }

    private static float[] values() {
        return drawn(
                NETWORK.parameters().stream()
                        .mapToInt(init -> init.parameter().size())
                        .sum(),
                1);
    }

    private static float[] buffers() {
        return drawn(
                NETWORK.buffers().stream()
                        .mapToInt(init -> init.buffer().size())
                        .sum(),
                2);
    }

    private static Examples examples(long seed) {
        return new Examples(4, new float[][] {drawn(4 * 600, seed)}, new float[0]);
    }

    @Test
    void predictsWhatAReplicaDoes() {
        try (Inference inference = NETWORK.inference(values(), buffers(), new ReplicaSettings());
                Replica replica = NETWORK.replica(new Mse(), new ReplicaSettings())) {
            replica.values().put(values());
            replica.bufferValues().put(buffers());
            assertArrayEquals(
                    replica.predict(examples(3)).data(),
                    inference.predict(examples(3)).data());
        }
    }

    @Test
    void manyThreadsPredictAtOnce() throws Exception {
        double[][] expected = new double[64][];
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try (Inference inference = NETWORK.inference(values(), buffers(), new ReplicaSettings())) {
            for (int i = 0; i < expected.length; i++) {
                expected[i] = inference.predict(examples(i)).data();
            }
            List<Future<Tensor>> predicted = IntStream.range(0, expected.length)
                    .mapToObj(i -> threads.submit(() -> inference.predict(examples(i))))
                    .toList();
            for (int i = 0; i < expected.length; i++) {
                assertArrayEquals(
                        expected[i], predicted.get(i).get(1, TimeUnit.MINUTES).data());
            }
        } finally {
            threads.shutdown();
        }
    }
}

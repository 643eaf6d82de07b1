package dev.lockstep.worker;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lockstep.losses.LossSum;
import dev.lockstep.worker.layer.BatchNorm1d;
import dev.lockstep.worker.layer.BatchNorm2d;
import dev.lockstep.worker.layer.Conv2d;
import dev.lockstep.worker.layer.Flatten;
import dev.lockstep.worker.layer.InstanceNorm;
import dev.lockstep.worker.layer.Layer;
import dev.lockstep.worker.layer.Linear;
import dev.lockstep.worker.layer.Relu;
import dev.lockstep.worker.layer.Residual;
import dev.lockstep.worker.layer.Size2d;
import dev.lockstep.worker.layer.Tanh;
import java.nio.DoubleBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.junit.jupiter.api.Test;

/**
 * Workers that share a batch have the statistics and the gradient that one worker has with the whole batch. In double
 * precision.
 */
class SyncBatchNormTest {
    private static final double TOLERANCE = 1e-10;
    private static final List<Integer> SHAPE = List.of(2, 6, 6);
    private static final int EXAMPLES = 9;
    /** Uneven; the second worker has none, and the third only one. */
    private static final int[] SHARES = {5, 0, 1, 3};

    /**
     * The first layer normalises the input, so nothing flows back through it; blocks branch; there are more layers than
     * one hand has fingers.
     */
    private static NetworkSpec network(boolean sync) {
        List<Layer> layers = new ArrayList<>(List.of(norm2d(sync), new Conv2d(3, new Size2d(3)), norm2d(sync)));
        for (int block = 0; block < 6; block++) {
            layers.add(new Residual(
                    List.of(new Conv2d(3, new Size2d(1)), norm2d(sync), new Relu()),
                    List.of(new Conv2d(3, new Size2d(1)), norm2d(sync))));
        }

        layers.addAll(List.of(new Flatten(), new Linear(4), norm1d(sync), new Tanh(), new Linear(2)));
        return new NetworkSpec(layers.toArray(Layer[]::new));
    }

    private static BatchNorm2d norm2d(boolean sync) {
        return new BatchNorm2d(1e-5, 0.1, true, true, sync);
    }

    private static BatchNorm1d norm1d(boolean sync) {
        return new BatchNorm1d(1e-5, null, true, true, sync);
    }

    @Test
    void workersTogetherComputeWhatOneDoes() {
        Outcome whole = run(network(false), EXAMPLES).get(0);
        List<Outcome> parts = run(network(true), SHARES);

        double[] gradient = new double[whole.gradient.length];
        for (int worker = 0; worker < SHARES.length; worker++) {
            for (int i = 0; i < gradient.length && SHARES[worker] > 0; i++) {
                gradient[i] += parts.get(worker).gradient[i];
            }
        }
        assertClose(whole.gradient, gradient);
        assertEquals(
                whole.loss.sum(),
                parts.stream().mapToDouble(part -> part.loss.sum()).sum(),
                TOLERANCE);
        for (Outcome part : parts) {
            assertClose(whole.buffers, part.buffers);
        }
    }

    private static void assertClose(double[] expected, double[] actual) {
        double scale = Math.max(1, Arrays.stream(expected).map(Math::abs).max().orElseThrow());
        assertArrayEquals(expected, actual, TOLERANCE * scale);
    }

    /** What a replica had after a step. */
    private record Outcome(LossSum loss, double[] gradient, double[] buffers) {}

    /** One step of one replica per share, each in its own thread. */
    private static List<Outcome> run(NetworkSpec spec, int... shares) {
        Examples batch = TorchReplicaTest.share(EXAMPLES, 72, 2);
        Meeting meeting = new Meeting(shares.length);
        List<CompletableFuture<Outcome>> running = IntStream.range(0, shares.length)
                .mapToObj(worker -> {
                    int from = Arrays.stream(shares, 0, worker).sum();
                    Examples share = TorchReplicaTest.rows(batch, from, from + shares[worker], 72, 2);
                    return CompletableFuture.supplyAsync(
                            () -> step(spec, share, meeting.sink(worker)), task -> new Thread(task).start());
                })
                .toList();
        return running.stream().map(CompletableFuture::join).toList();
    }

    private static Outcome step(NetworkSpec spec, Examples share, GradientSink sink) {
        LayeredNetwork network = new LayeredNetwork(spec, SHAPE);
        try (TorchReplica replica =
                TorchReplica.of(network, new SquaredError(), new ReplicaSettings(), ScalarType.Double)) {
            DoubleBuffer values = replica.parameterVector().doubles();
            network.parameters().forEach(p -> {
                for (float value : p.byDefault().values(p.parameter(), 7)) {
                    values.put(value);
                }
            });
            LossSum loss = LossSum.NONE;
            if (share.count() == 0) {
                replica.accompany(share, 1, sink);
            } else {
                loss = replica.train(share, 1, sink);
            }
            return new Outcome(
                    loss,
                    array(replica.gradientVector().doubles()),
                    array(replica.bufferVector().doubles()));
        }
    }

    private static double[] array(DoubleBuffer buffer) {
        double[] values = new double[buffer.capacity()];
        buffer.get(0, values);
        return values;
    }

    /** Its own running statistics stay; those of the global batch follow. */
    @Test
    void aWorkerWithoutExamplesKeepsNothingOfItsOwn() {
        NetworkSpec mixed = new NetworkSpec(
                norm2d(/* sync */ false),
                new InstanceNorm(1e-5, 0.1, false, true),
                norm2d(/* sync */ true),
                new Flatten(),
                new Linear(2));
        List<Outcome> outcomes = run(mixed, EXAMPLES, 0);

        double[] first = {0, 0, 1, 1, 0, 0, 0, 1, 1, 0};
        assertArrayEquals(first, Arrays.copyOf(outcomes.get(1).buffers, first.length));
        for (int i = first.length; i < outcomes.get(1).buffers.length; i++) {
            assertEquals(outcomes.get(0).buffers[i], outcomes.get(1).buffers[i]);
        }
    }

    @Test
    void theWholeBatchNeedsTwoValuesPerChannel() {
        NetworkSpec spec = new NetworkSpec(new Flatten(), norm1d(/* sync */ true), new Linear(2));
        Examples one = TorchReplicaTest.share(1, 72, 2);
        IllegalArgumentException refusal =
                assertThrows(IllegalArgumentException.class, () -> step(spec, one, new Meeting(1).sink(0)));
        assertEquals(
                "Batch norm needs more than one value per channel: layer=1 (batch_norm1d), examples of the whole batch=1,"
                        + " channels=72. Use a larger batch",
                refusal.getMessage());
    }

    @Test
    void whatFailsInTheBackwardPassIsThrownAndNothingFollows() {
        List<Integer> ready = new ArrayList<>();
        GradientSink failing = new GradientSink() {
            private boolean backward;

            @Override
            public void started(LossSum loss) {
                backward = true;
            }

            @Override
            public void ready(int parameter) {
                ready.add(parameter);
            }

            @Override
            public void allReduce(double[] values) {
                if (backward) {
                    throw new IllegalStateException("The others are gone");
                }
            }
        };
        NetworkSpec spec =
                new NetworkSpec(new Flatten(), new Linear(3), norm1d(true), new Linear(3), norm1d(true), new Linear(2));
        Examples share = TorchReplicaTest.share(4, 72, 2);
        String message = assertThrows(IllegalStateException.class, () -> step(spec, share, failing))
                .getMessage();
        assertEquals("The others are gone", message);
        assertTrue(ready.stream().allMatch(parameter -> parameter >= 6), ready::toString);
    }

    @Test
    void aStepGivesBackAllNativeObjectsThatItMakes() {
        Examples share = TorchReplicaTest.share(EXAMPLES, 72, 2);
        try (Replica replica =
                new LayeredNetwork(network(true), SHAPE).replica(new SquaredError(), new ReplicaSettings())) {
            replica.train(share, 1, NoSink.NO_SINK);
            long before = Pointer.totalCount();
            for (int step = 2; step < 100; step++) {
                replica.train(share, step, NoSink.NO_SINK);
            }
            assertTrue(Pointer.totalCount() <= before, "kept: " + (Pointer.totalCount() - before));
        }
    }
}

package dev.lockstep.worker;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.lockstep.losses.LossSum;
import dev.lockstep.losses.Tensor;
import dev.lockstep.worker.layer.Conv2d;
import dev.lockstep.worker.layer.Flatten;
import dev.lockstep.worker.layer.Linear;
import dev.lockstep.worker.layer.MaxPool2d;
import dev.lockstep.worker.layer.Relu;
import dev.lockstep.worker.layer.Size2d;
import dev.lockstep.worker.layer.Tanh;
import java.nio.FloatBuffer;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class TorchReplicaTest {
    private static final NetworkSpec MLP =
            new NetworkSpec(new Linear(5), new Tanh(), new Linear(4), new Relu(), new Linear(3));
    private static final NetworkSpec CNN = new NetworkSpec(
            new Conv2d(4, new Size2d(3)), new Relu(), new MaxPool2d(new Size2d(2)), new Flatten(), new Linear(2));

    /** Its gradients are handed on while the backward pass runs, those of the others after it. */
    private static final NetworkSpec LARGE = new NetworkSpec(new Linear(9_000), new Tanh(), new Linear(3));

    @Test
    void namesParametersAsStateDict() {
        Network network = new LayeredNetwork(CNN, List.of(1, 8, 8));
        assertEquals(
                List.of("0.weight", "0.bias", "4.weight", "4.bias"),
                network.parameters().stream().map(p -> p.parameter().name()).toList());
        assertEquals(List.of(2, 36), network.parameters().get(2).parameter().shape());
        assertEquals(List.of(2), network.outputShape());
    }

    @Test
    void reportsTheLastLayerFirstAndEveryParameterOnce() {
        try (Replica replica = started(MLP, List.of(6))) {
            Reports reports = new Reports();
            LossSum loss = replica.train(share(7, 6, 3), 1, reports);
            assertEquals(List.of(loss), reports.losses);
            assertEquals(
                    List.of(0, 1, 2, 3, 4, 5), reports.ready.stream().sorted().toList());
            assertEquals(
                    List.of(2, 2, 1, 1, 0, 0),
                    reports.ready.stream().map(p -> p / 2).toList());
        }
    }

    @Test
    void aLargeNetworksGradientsAreReadyWhileThePassGoesOn() {
        try (Replica replica = started(LARGE, List.of(6))) {
            Reports reports = new Reports();
            replica.train(share(7, 6, 3), 1, reports);
            assertEquals(
                    List.of(1, 1, 0, 0), reports.ready.stream().map(p -> p / 2).toList());
        }
    }

    @Test
    void anEmptyShareHasAZeroGradientAndReportsIt() {
        try (Replica replica = started(MLP, List.of(6))) {
            replica.train(share(7, 6, 3), 1, new Reports());
            Reports reports = new Reports();
            assertEquals(LossSum.NONE, replica.train(share(0, 6, 3), 1, reports));
            assertEquals(List.of(5, 4, 3, 2, 1, 0), reports.ready);
            assertArrayEquals(new float[replica.gradient().capacity()], array(replica.gradient()));
        }
    }

    @Test
    void theGradientOfAShareIsTheSumOverItsExamples() {
        for (NetworkSpec spec : List.of(MLP, CNN, LARGE)) {
            boolean images = spec == CNN;
            List<Integer> shape = images ? List.of(1, 8, 8) : List.of(6);
            int size = images ? 64 : 6;
            int outputs = images ? 2 : 3;
            try (Replica replica = started(spec, shape)) {
                Examples share = share(7, size, outputs);
                replica.train(share, 1, new Reports());
                float[] whole = array(replica.gradient());
                double[] sum = new double[whole.length];
                for (int i = 0; i < 7; i++) {
                    replica.train(rows(share, i, i + 1, size, outputs), 1, new Reports());
                    FloatBuffer one = replica.gradient();
                    for (int k = 0; k < sum.length; k++) {
                        sum[k] += one.get(k);
                    }
                }
                for (int k = 0; k < sum.length; k++) {
                    assertEquals(sum[k], whole[k], 1e-4 * Math.max(1, Math.abs(sum[k])), "value " + k);
                }
            }
        }
    }

    @Test
    void predictsWhatItTrainsWith() {
        try (Replica replica = started(CNN, List.of(1, 8, 8))) {
            Examples share = share(300, 64, 2);
            LossSum trained = replica.train(share, 1, new Reports());
            Tensor predictions = replica.predict(share);
            assertEquals(List.of(300, 2), List.of(predictions.extent(0), predictions.extent(1)));
            LossSum evaluated = new ShareLoss(new SquaredError()).evaluate(predictions, share, null);
            assertEquals(trained.sum(), evaluated.sum(), 1e-5 * trained.sum());
            assertEquals(trained.weight(), evaluated.weight());
        }
    }

    static Replica started(NetworkSpec spec, List<Integer> shape) {
        Network network = new LayeredNetwork(spec, shape);
        Replica replica = network.replica(new SquaredError(), new ReplicaSettings());
        FloatBuffer values = replica.values();
        network.parameters().forEach(p -> values.put(p.byDefault().values(p.parameter(), 7)));
        return replica;
    }

    static Examples share(int count, int features, int targets) {
        Random random = new Random(3);
        float[] x = new float[count * features];
        float[] y = new float[count * targets];
        for (int i = 0; i < x.length; i++) {
            x[i] = (float) random.nextGaussian();
        }
        for (int i = 0; i < y.length; i++) {
            y[i] = (float) random.nextGaussian();
        }

        return new Examples(count, new float[][] {x}, y);
    }

    static Examples rows(Examples share, int from, int to, int features, int targets) {
        float[] x = java.util.Arrays.copyOfRange(share.features()[0], from * features, to * features);
        float[] y = java.util.Arrays.copyOfRange(share.targets(), from * targets, to * targets);
        return new Examples(to - from, new float[][] {x}, y);
    }

    static float[] array(FloatBuffer buffer) {
        float[] values = new float[buffer.capacity()];
        buffer.get(0, values);
        return values;
    }
}

package dev.lockstep.worker;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lockstep.worker.layer.Conv2d;
import dev.lockstep.worker.layer.Flatten;
import dev.lockstep.worker.layer.LayerInfo;
import dev.lockstep.worker.layer.Linear;
import dev.lockstep.worker.layer.Relu;
import dev.lockstep.worker.layer.Residual;
import dev.lockstep.worker.layer.Size2d;
import dev.lockstep.worker.layer.Tanh;
import dev.lockstep.worker.layerstats.Fp16Shares;
import dev.lockstep.worker.layerstats.LayerFigures;
import java.nio.FloatBuffer;
import java.util.List;
import org.junit.jupiter.api.Test;

class LayerMonitorTest {
    private static final NetworkSpec SPEC = new NetworkSpec(
            new Flatten(),
            new Residual(List.of(new Linear(6), new Relu()), List.of(new Linear(6))),
            new Tanh(),
            new Linear(3));

    @Test
    void namesEveryLayerInTheOrderInWhichTheyHandOn() {
        List<LayerInfo> layers = new LayeredNetwork(SPEC, List.of(2, 3)).layers();
        assertEquals(
                List.of(
                        "0 (flatten)",
                        "1.0 (linear)",
                        "1.1 (relu)",
                        "1.projection.0 (linear)",
                        "1 (residual)",
                        "2 (tanh)",
                        "3 (linear)"),
                layers.stream().map(LayerInfo::name).toList());
        assertEquals(
                List.of(false, true, false, true, false, false, true),
                layers.stream().map(LayerInfo::weighted).toList());
        assertTrue(layers.get(5).bounds() != null && layers.get(4).bounds() == null);
    }

    @Test
    void computesWhatItWatchesAndNothingElse() {
        try (Replica replica = TorchReplicaTest.started(SPEC, List.of(2, 3))) {
            Examples share = TorchReplicaTest.share(7, 6, 3);
            Reports plain = new Reports();
            replica.train(share, 1, plain);
            float[] gradient = TorchReplicaTest.array(replica.gradient());

            Reports monitored = new Reports();
            List<LayerFigures> figures = replica.monitor(share, 1, monitored);
            assertArrayEquals(gradient, TorchReplicaTest.array(replica.gradient()));
            assertEquals(plain.losses, monitored.losses);
            assertEquals(plain.ready, monitored.ready);
            assertEquals(7, figures.size());
        }
    }

    @Test
    void aLossScaleDoesNotShowInTheFigures() {
        try (Replica replica = TorchReplicaTest.started(SPEC, List.of(2, 3))) {
            Examples share = TorchReplicaTest.share(7, 6, 3);
            List<LayerFigures> plain = replica.monitor(share, 1, new Reports());
            replica.scaleLoss(1024);
            List<LayerFigures> scaled = replica.monitor(share, 1, new Reports());
            for (int i = 0; i < plain.size(); i++) {
                assertEquals(plain.get(i).activation(), scaled.get(i).activation());
                assertEquals(plain.get(i).gradient(), scaled.get(i).gradient());
                assertEquals(
                        plain.get(i).fp16().activations(), scaled.get(i).fp16().activations());
            }
        }
    }

    @Test
    void aLossScaleBringsGradientsIntoTheRangeOfFp16AndBeyond() {
        assertEquals(new Fp16Shares(0, 1, 0), gradients(1e-9f, 1));
        assertEquals(new Fp16Shares(0, 0, 1), gradients(1e-9f, 1024));
        assertEquals(new Fp16Shares(0, 0, 0), gradients(1e-9f, 1 << 20));
        assertEquals(new Fp16Shares(1, 0, 0), gradients(1e-9f, 0x1p47));
    }

    /** Of y², 2y, at y = w and a scale. */
    private static Fp16Shares gradients(float w, double scale) {
        NetworkSpec spec = new NetworkSpec(new Linear(1));
        try (Replica replica =
                new LayeredNetwork(spec, List.of(1)).replica(new SquaredError(), new ReplicaSettings())) {
            replica.values().put(0, w).put(1, 0);
            replica.scaleLoss(scale);
            Examples share = new Examples(2, new float[][] {{1, 1}}, new float[2]);
            return replica.monitor(share, 1, new Reports()).get(0).fp16().gradients();
        }
    }

    @Test
    void takesTheFiguresOfALinearLayerFromItsOwnNumbers() {
        NetworkSpec spec = new NetworkSpec(new Linear(1));
        try (Replica replica =
                new LayeredNetwork(spec, List.of(1)).replica(new SquaredError(), new ReplicaSettings())) {
            FloatBuffer w = replica.values();
            w.put(0, 2).put(1, 1);
            Examples share = new Examples(4, new float[][] {{0, 1, 2, 3}}, new float[4]);
            LayerFigures figures = replica.monitor(share, 1, new Reports()).get(0);
            // y = 1, 3, 5, 7, and the derivative of y² is 2y.
            assertEquals(Math.sqrt(5), figures.activation(), 1e-6);
            assertEquals(2 * Math.sqrt(5), figures.gradient(), 1e-6);
        }
    }

    @Test
    void seesNothingOfAGradientThatNobodyWants() {
        try (Replica replica = TorchReplicaTest.started(SPEC, List.of(2, 3))) {
            List<LayerFigures> figures = replica.monitor(TorchReplicaTest.share(7, 6, 3), 1, new Reports());
            assertFalse(figures.get(0).trained(), "there is nothing to train before the first layer");
            assertTrue(figures.get(1).gradient() > 0);
        }
    }

    @Test
    void sparesAChannelOfAnImageForOneValue() {
        NetworkSpec spec = new NetworkSpec(new Conv2d(2, new Size2d(1)), new Relu(), new Flatten(), new Linear(1));
        try (Replica replica =
                new LayeredNetwork(spec, List.of(1, 2, 2)).replica(new SquaredError(), new ReplicaSettings())) {
            replica.values().put(0, 1).put(1, -1).put(4, 1);
            Examples share = new Examples(1, new float[][] {{0, 0, 0, 5}}, new float[1]);
            List<LayerFigures> figures = replica.monitor(share, 1, new Reports());
            assertEquals(0, figures.get(0).dead());
            assertEquals(0.5, figures.get(1).dead());
        }
    }
}

package dev.lockstep.driver.signal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lockstep.losses.Mse;
import dev.lockstep.params.init.Initializer;
import dev.lockstep.params.init.KaimingNormal;
import dev.lockstep.params.init.Normal;
import dev.lockstep.params.init.XavierNormal;
import dev.lockstep.worker.Examples;
import dev.lockstep.worker.LayeredNetwork;
import dev.lockstep.worker.Network;
import dev.lockstep.worker.NetworkSpec;
import dev.lockstep.worker.NoSink;
import dev.lockstep.worker.Replica;
import dev.lockstep.worker.ReplicaSettings;
import dev.lockstep.worker.layer.Layer;
import dev.lockstep.worker.layer.Linear;
import dev.lockstep.worker.layer.ParameterInit;
import dev.lockstep.worker.layer.Relu;
import dev.lockstep.worker.layer.Tanh;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What the course shows about initialisation: deep networks of linear layers, inputs of N(0, 1), and a small head. */
class CourseSignalsTest {
    private static final int OUTPUTS = 10;

    @Test
    void tanhWithSmallWeightsCollapses() {
        // Ten layers of 500: the slide's own. Below the band at the end, and on the way there before.
        Signals signals = signals(new Tanh(), new Normal(0, 0.01), 10, 500);
        assertEquals(Verdict.VANISHING, signals.forwards());
        assertEquals(Verdict.VANISHING, signals.backwards());
        assertEquals(0.01 * Math.sqrt(500), signals.forwardFactor(), 0.02);
        assertTrue(at(signals, "18 (linear)").figures().activation() < Band.LOW);
        assertEquals(Verdict.SOUND, at(signals, "0 (linear)").forwards());
        assertEquals(Verdict.VANISHING, at(signals, "0 (linear)").backwards());
    }

    @Test
    void tanhWithSmallWeightsIsSaidToCollapseBeforeItHas() {
        // A factor of 0.3 takes a while to leave the band; that it will is told before.
        Signals signals = signals(new Tanh(), new Normal(0, 0.01), 5, 1000);
        assertEquals(Verdict.VANISHING, signals.forwards());
        assertTrue(at(signals, "9 (tanh)").figures().activation() > 1e-3);
        assertEquals(Verdict.VANISHING, at(signals, "9 (tanh)").forwards());
    }

    @Test
    void tanhWithLargeWeightsSaturates() {
        Signals signals = signals(new Tanh(), new Normal(0, 0.05), 4, 2048);
        assertEquals(Verdict.SATURATED, signals.forwards());
        for (int layer = 1; layer < 8; layer += 2) {
            assertEquals(Verdict.SATURATED, at(signals, layer + " (tanh)").forwards());
        }
    }

    @Test
    void tanhWithXavierKeepsIt() {
        for (int depth : new int[] {4, 16}) {
            Signals signals = signals(new Tanh(), new XavierNormal(), depth, 300);
            assertEquals(Verdict.SOUND, signals.forwards(), "depth " + depth);
            assertEquals(Verdict.SOUND, signals.backwards(), "depth " + depth);
        }
    }

    @Test
    void reluWithXavierFadesAndNeedsKaiming() {
        Signals xavier = signals(new Relu(), new XavierNormal(), 10, 300);
        assertEquals(Verdict.VANISHING, xavier.forwards());
        assertEquals(Verdict.VANISHING, xavier.backwards());
        assertEquals(Math.sqrt(0.5), xavier.forwardFactor(), 0.04);

        for (int depth : new int[] {4, 16}) {
            Signals kaiming = signals(new Relu(), new KaimingNormal(), depth, 300);
            assertEquals(Verdict.SOUND, kaiming.forwards(), "depth " + depth);
            assertEquals(Verdict.SOUND, kaiming.backwards(), "depth " + depth);
        }
    }

    @Test
    void reluWithLargeWeightsExplodes() {
        Signals signals = signals(new Relu(), new Normal(0, 0.3), 10, 300);
        assertEquals(Verdict.EXPLODING, signals.forwards());
        assertEquals(Verdict.EXPLODING, signals.backwards());
    }

    @Test
    void weightsOfZeroAreDead() {
        Signals signals = signals(new Relu(), new Normal(0, 0), 3, 20);
        assertEquals(Verdict.DEAD, signals.forwards());
        assertEquals(Verdict.DEAD, signals.backwards());
        assertEquals(1, at(signals, "1 (relu)").figures().dead());
    }

    private static LayerSignal at(Signals signals, String layer) {
        return signals.layers().stream()
                .filter(signal -> signal.layer().equals(layer))
                .findFirst()
                .orElseThrow();
    }

    private static Signals signals(Layer activation, Initializer init, int depth, int width) {
        List<Layer> layers = new ArrayList<>();
        for (int i = 0; i < depth; i++) {
            layers.add(new Linear(width));
            layers.add(activation);
        }
        layers.add(new Linear(OUTPUTS));
        Network network = new LayeredNetwork(new NetworkSpec(layers), List.of(width));
        try (Replica replica = network.replica(new Mse(), new ReplicaSettings())) {
            FloatBuffer values = replica.values();
            for (ParameterInit parameter : network.parameters()) {
                boolean weight = parameter.parameter().shape().size() > 1;
                values.put(
                        weight
                                ? init.values(parameter.parameter(), 3)
                                : new float[parameter.parameter().size()]);
            }
            return Signals.of(network.layers(), replica.monitor(drawn(64, width), 1, NoSink.NO_SINK));
        }
    }

    private static Examples drawn(int count, int width) {
        Random random = new Random(5);
        float[] features = new float[count * width];
        float[] targets = new float[count * OUTPUTS];
        for (int i = 0; i < features.length; i++) {
            features[i] = (float) random.nextGaussian();
        }
        for (int i = 0; i < targets.length; i++) {
            targets[i] = (float) random.nextGaussian();
        }
        return new Examples(count, new float[][] {features}, targets);
    }
}

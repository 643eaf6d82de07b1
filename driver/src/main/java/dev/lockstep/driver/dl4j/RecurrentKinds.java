package dev.lockstep.driver.dl4j;

import dev.lockstep.worker.layer.Lstm;
import java.util.Map;

/** Deeplearning4j's recurrent layers. Sequences have their steps first here, and their features first there. */
final class RecurrentKinds {
    private static final int GATES = 4;
    /** DL4J's blocks are candidate, forget, output, input; PyTorch's input, forget, candidate, output. */
    private static final int[] BLOCKS = {3, 1, 0, 2};

    private RecurrentKinds() {}

    static void lstm(SourceLayer layer, Translation made) {
        lstm(layer, /* last */ false, made);
    }

    /** An LSTM of which the last step goes on. */
    static void lastTimeStep(SourceLayer layer, Translation made) {
        SourceLayer underlying = layer.underlying("underlying");
        if (!underlying.kind().equals("LSTM")) {
            throw layer.refusal("there is no last step here but an LSTM's: underlying=" + underlying.kind());
        }
        Preprocessors.before(underlying, made);
        lstm(underlying, /* last */ true, made);
    }

    private static void lstm(SourceLayer layer, boolean last, Translation made) {
        require(layer, "activationFn", "ActivationTanH");
        require(layer, "gateActivationFn", "ActivationSigmoid");
        int in = layer.whole("nin");
        int hidden = layer.whole("nout");
        if (made.shape().size() != 2 || made.shape().get(1) != in) {
            throw layer.refusal("its input must be [steps, nIn]: input=" + made.shape() + ", nIn=" + in);
        }
        float[] input = byGate(made.take(in * GATES * hidden, layer));
        float[] recurrent = byGate(made.take(hidden * GATES * hidden, layer));
        float[] bias = byGate(made.take(GATES * hidden, layer));
        made.add(
                new Lstm(hidden, 1, true, true, 0, false, 0, last),
                Map.of(
                        "weight_ih_l0", input,
                        "weight_hh_l0", recurrent,
                        "bias_ih_l0", bias,
                        "bias_hh_l0", new float[bias.length]),
                layer);
    }

    private static void require(SourceLayer layer, String key, String wanted) {
        String kind = SourceLayer.kind(layer.required(key));
        if (!kind.equals(wanted)) {
            throw layer.refusal("an LSTM's " + key + " is " + wanted + " here: " + key + "=" + kind);
        }
    }

    private static float[] byGate(float[] blocks) {
        int size = blocks.length / GATES;
        float[] gates = new float[blocks.length];
        for (int gate = 0; gate < GATES; gate++) {
            System.arraycopy(blocks, BLOCKS[gate] * size, gates, gate * size, size);
        }
        return gates;
    }
}

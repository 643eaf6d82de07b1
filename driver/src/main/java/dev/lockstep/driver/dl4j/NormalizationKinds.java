package dev.lockstep.driver.dl4j;

import dev.lockstep.worker.layer.BatchNorm1d;
import dev.lockstep.worker.layer.BatchNorm2d;
import dev.lockstep.worker.layer.LocalResponseNorm;
import java.util.HashMap;
import java.util.Map;

/** Deeplearning4j's normalisations. */
final class NormalizationKinds {
    private NormalizationKinds() {}

    /** DL4J applies no activation here, whatever the configuration has of the network's default. */
    static void batch(SourceLayer layer, Translation made) {
        layer.requireChannelsFirst("cnn2DFormat");
        boolean locked = layer.flag("lockGammaBeta", false);
        if (locked && (layer.number("gamma") != 1 || layer.number("beta") != 0)) {
            throw layer.refusal("its scale and shift are locked at other values than 1 and 0: gamma="
                    + layer.number("gamma") + ", beta=" + layer.number("beta"));
        }
        int rank = made.shape().size();
        if (rank != 1 && rank != 3) {
            throw layer.refusal("its input must be rows or images: input=" + made.shape());
        }

        int width = layer.whole("nout");
        Map<String, float[]> tensors = new HashMap<>();
        if (!locked) {
            tensors.put("weight", made.take(width, layer));
            tensors.put("bias", made.take(width, layer));
        }
        tensors.put("running_mean", made.take(width, layer));
        float[] spread = made.take(width, layer);
        tensors.put("running_var", layer.flag("useLogStd", false) ? variances(spread) : spread);
        double eps = layer.number("eps");
        double momentum = SourceLayer.rest(layer.number("decay"));
        made.add(
                rank == 1
                        ? new BatchNorm1d(eps, momentum, !locked, true, false)
                        : new BatchNorm2d(eps, momentum, !locked, true, false),
                tensors,
                layer);
    }

    /** Of logarithms of standard deviations to the base of 10. */
    private static float[] variances(float[] logs) {
        float[] variances = new float[logs.length];
        for (int i = 0; i < logs.length; i++) {
            variances[i] = (float) Math.pow(10, 2.0 * logs[i]);
        }
        return variances;
    }

    /** DL4J multiplies the sum of the squares by alpha, and PyTorch their mean over the window. */
    static void localResponse(SourceLayer layer, Translation made) {
        layer.requireChannelsFirst("dataFormat");
        int n = layer.whole("n");
        if (n % 2 == 0) {
            throw layer.refusal("its window must be odd, to be the same on both sides: n=" + n);
        }
        made.add(new LocalResponseNorm(n, n * layer.number("alpha"), layer.number("beta"), layer.number("k")), layer);
    }
}

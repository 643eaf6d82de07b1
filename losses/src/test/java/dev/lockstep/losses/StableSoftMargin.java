package dev.lockstep.losses;

import java.util.Map;

/** What SoftMargin is where PyTorch's formula overflows: so far from 0 that it is max(−tx, 0), with slope −t or 0. */
final class StableSoftMargin {
    private StableSoftMargin() {}

    static Tensor value(GoldenCase golden) {
        Tensor x = golden.inputs().get("input");
        Tensor t = golden.inputs().get("target");
        double[] values = new double[x.size()];
        double sum = 0;
        for (int i = 0; i < values.length; i++) {
            values[i] = Math.max(-t.data()[i] * x.data()[i], 0);
            sum += values[i];
        }

        return golden.reduction().equals("none")
                ? Tensor.of(values, x.shape())
                : Tensor.of(new double[] {sum / divisor(golden)});
    }

    static Map<String, Tensor> gradients(GoldenCase golden) {
        Tensor x = golden.inputs().get("input");
        Tensor t = golden.inputs().get("target");
        double[] slopes = new double[x.size()];
        for (int i = 0; i < slopes.length; i++) {
            double upstream = golden.upstream().data()[golden.upstream().size() == 1 ? 0 : i];
            slopes[i] = t.data()[i] * x.data()[i] < 0 ? -t.data()[i] * upstream / divisor(golden) : 0;
        }

        return Map.of("input", Tensor.of(slopes, x.shape()));
    }

    private static int divisor(GoldenCase golden) {
        return golden.reduction().equals("mean") ? golden.inputs().get("input").size() : 1;
    }
}

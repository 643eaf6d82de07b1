package dev.lockstep.losses;

import java.util.Arrays;
import java.util.List;

/** Checks of settings that only losses have. */
final class LossSettings {
    private LossSettings() {}

    static void requireReduction(Reduction reduction) {
        if (reduction == null) {
            throw new IllegalArgumentException("reduction must be given: reduction=null");
        }
    }

    /** @param weights null for none */
    static void requireNoWeights(String name, Object weights) {
        if (weights != null) {
            throw new IllegalArgumentException(
                    "Classes must have weights from one place: " + name + "=" + weights + " of the loss");
        }
    }

    static void requireMeanOrSum(Reduction reduction) {
        if (reduction == null || reduction == Reduction.BATCHMEAN) {
            throw new IllegalArgumentException("reduction must be mean or sum here: reduction=" + reduction);
        }
    }

    /** An unchangeable copy of weights that are all finite and not negative; null stays null. */
    static List<Double> weights(String name, List<Double> weights) {
        if (weights == null) {
            return null;
        }
        for (int i = 0; i < weights.size(); i++) {
            NumberChecks.requireAtLeastZero(name + "[" + i + "]", weights.get(i));
        }

        return List.copyOf(weights);
    }

    /** One weight per class; all ones for null. */
    static double[] classWeights(List<Double> weight, int classes) {
        double[] result = new double[classes];
        if (weight == null) {
            Arrays.fill(result, 1);
            return result;
        }
        if (weight.size() != classes) {
            throw new IllegalArgumentException(
                    "weight must have one value per class: weight=" + weight.size() + ", classes=" + classes);
        }

        for (int c = 0; c < classes; c++) {
            result[c] = weight.get(c);
        }
        return result;
    }
}

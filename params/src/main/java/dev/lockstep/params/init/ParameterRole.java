package dev.lockstep.params.init;

import dev.lockstep.params.Parameter;
import java.util.List;

/** What a parameter is for in its layer, told from names and shapes. */
enum ParameterRole {
    /** Weights between units: named weight, two dimensions or more. */
    WEIGHT,
    /** Named bias, beside such weights. */
    BIAS,
    /** All else: a normalisation's scale and shift, a PReLU's slope, what a TorchScript keeps. */
    OTHER;

    static ParameterRole of(Parameter parameter, List<Parameter> network) {
        if (isWeight(parameter)) {
            return WEIGHT;
        }

        String layer = layer(parameter.name());
        boolean hasWeights =
                network.stream().anyMatch(p -> isWeight(p) && layer(p.name()).equals(layer));
        return hasWeights && leaf(parameter.name()).contains("bias") ? BIAS : OTHER;
    }

    static boolean isWeight(Parameter parameter) {
        return parameter.shape().size() >= 2 && leaf(parameter.name()).contains("weight");
    }

    private static String layer(String name) {
        return name.substring(0, name.lastIndexOf('.') + 1);
    }

    private static String leaf(String name) {
        return name.substring(name.lastIndexOf('.') + 1);
    }
}

package dev.lockstep.params.init;

import dev.lockstep.params.Parameter;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * Finds hidden layers whose units begin with the same weights.
 *
 * <p>Such units compute the same, receive the same gradient and therefore stay the same: however wide, the layer is one
 * unit. That is why a hidden layer must not begin with a constant. The last layer may, because each of its units has
 * its own target.
 */
public final class Symmetry {
    private Symmetry() {}

    /**
     * One warning for each hidden layer with equal units.
     *
     * @param values of all parameters, one after the other; read from index 0, the position does not matter
     */
    public static List<String> warnings(List<Parameter> network, FloatBuffer values) {
        List<String> warnings = new ArrayList<>();
        String candidate = null;
        int start = 0;

        for (Parameter parameter : network) {
            if (ParameterRole.isWeight(parameter)) {
                // A layer is hidden once another one is found behind it.
                if (candidate != null) {
                    warnings.add(candidate);
                }
                candidate = unitsAreAlike(parameter, values, start) ? warning(parameter) : null;
            }
            start += parameter.size();
        }

        return warnings;
    }

    /**
     * Whether there are several units, and every unit's weights are equal to the first unit's.
     *
     * @param start index in {@code values} of the parameter's first value
     */
    public static boolean unitsAreAlike(Parameter parameter, FloatBuffer values, int start) {
        int units = parameter.shape().isEmpty() ? 1 : parameter.shape().get(0);
        int perUnit = parameter.size() / units;
        for (int i = perUnit; i < parameter.size(); i++) {
            if (values.get(start + i) != values.get(start + i - perUnit)) {
                return false;
            }
        }

        return units > 1;
    }

    private static String warning(Parameter parameter) {
        return "Units of a hidden layer begin alike: parameter=" + parameter.name() + ", units="
                + parameter.shape().get(0)
                + ". With equal weights they compute the same and receive the same gradient, so they stay"
                + " one unit unless their biases or the next layer's weights part them. Use a random initialiser, such as"
                + " kaiming_normal before relu or xavier_normal before tanh.";
    }
}

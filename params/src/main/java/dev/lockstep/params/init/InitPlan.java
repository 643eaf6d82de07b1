package dev.lockstep.params.init;

import dev.lockstep.params.Parameter;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Which initialiser fills which parameter: the {@code init} of a job file. Immutable.
 *
 * <pre>
 *   weight, bias        roles: weights of two dimensions or more, and the biases beside them
 *   anything else       a parameter's name, or a pattern with * and ?
 * </pre>
 *
 * A name or pattern counts before a role, a later pattern before an earlier one; what nothing names keeps its layer's
 * default. So the scale and shift of a normalisation stay 1 and 0 until a pattern names them.
 */
public final class InitPlan implements Serializable {
    /** Every parameter keeps its layer's default. */
    public static final InitPlan DEFAULTS = new InitPlan(Map.of());

    private final Map<String, Initializer> rules;

    /**
     * @param rules by role, name or pattern, in order
     */
    public InitPlan(Map<String, Initializer> rules) {
        this.rules = Collections.unmodifiableMap(new LinkedHashMap<>(rules));
    }

    /** By role, name or pattern, in order. */
    public Map<String, Initializer> rules() {
        return rules;
    }

    /**
     * One initialiser for each parameter, in order.
     *
     * @param byDefault what the layers give them, one for each parameter; null where the network brings its own values,
     *     and then in the result too
     * @throws IllegalArgumentException if a name or pattern fits no parameter
     */
    public List<Initializer> assign(List<Parameter> network, List<Initializer> byDefault) {
        if (network.size() != byDefault.size()) {
            throw new IllegalArgumentException(
                    "Every parameter needs a default: parameters=" + network.size() + ", defaults=" + byDefault.size());
        }

        List<Initializer> assigned = new ArrayList<>(byDefault);
        rules.forEach((key, initializer) -> {
            if (isRole(key)) {
                assignRole(
                        key.equals("bias") ? ParameterRole.BIAS : ParameterRole.WEIGHT, initializer, network, assigned);
            }
        });
        rules.forEach((key, initializer) -> {
            if (!isRole(key)) {
                assignPattern(key, initializer, network, assigned);
            }
        });
        return assigned;
    }

    /** The names and patterns that fit no parameter. */
    public List<String> strangers(List<Parameter> network) {
        return rules.keySet().stream()
                .filter(key -> !isRole(key))
                .filter(key -> network.stream().noneMatch(parameter -> new Glob(key).matches(parameter.name())))
                .toList();
    }

    private static boolean isRole(String key) {
        return key.equals("weight") || key.equals("bias");
    }

    private static void assignRole(
            ParameterRole role, Initializer initializer, List<Parameter> network, List<Initializer> assigned) {
        for (int i = 0; i < network.size(); i++) {
            if (ParameterRole.of(network.get(i), network) == role) {
                assigned.set(i, initializer);
            }
        }
    }

    private static void assignPattern(
            String pattern, Initializer initializer, List<Parameter> network, List<Initializer> assigned) {
        Glob glob = new Glob(pattern);
        boolean fits = false;
        for (int i = 0; i < network.size(); i++) {
            if (glob.matches(network.get(i).name())) {
                assigned.set(i, initializer);
                fits = true;
            }
        }

        if (!fits) {
            throw new IllegalArgumentException("init names no parameter of the network: pattern=" + pattern
                    + ", parameters=" + network.stream().map(Parameter::name).toList());
        }
    }
}

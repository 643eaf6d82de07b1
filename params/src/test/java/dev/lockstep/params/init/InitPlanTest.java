package dev.lockstep.params.init;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.lockstep.params.Parameter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class InitPlanTest {
    private static final Initializer DEFAULT = new Constant(9);
    private static final List<Parameter> NETWORK = List.of(
            new Parameter("0.weight", List.of(8, 1, 3, 3)),
            new Parameter("0.bias", List.of(8)),
            new Parameter("1.weight", List.of(8)),
            new Parameter("1.bias", List.of(8)),
            new Parameter("5.0.weight_ih_l0", List.of(32, 8)),
            new Parameter("5.0.weight_hh_l0", List.of(32, 8)),
            new Parameter("5.0.bias_ih_l0", List.of(32)),
            new Parameter("slope", List.of(1)));

    @Test
    void nothingNamedKeepsTheDefaults() {
        assertEquals(List.of(9, 9, 9, 9, 9, 9, 9, 9), assigned(Map.of()));
    }

    @Test
    void rolesLeaveNormalisationsAlone() {
        assertEquals(
                List.of(1, 2, 9, 9, 1, 1, 2, 9), assigned(Map.of("weight", new Constant(1), "bias", new Constant(2))));
    }

    @Test
    void patternsReachEverythingAndCountBeforeRoles() {
        Map<String, Initializer> rules = new LinkedHashMap<>();
        rules.put("5.*", new Constant(3));
        rules.put("weight", new Constant(1));
        rules.put("1.?eight", new Constant(4));
        assertEquals(List.of(1, 9, 4, 9, 3, 3, 3, 9), assigned(rules));
    }

    @Test
    void laterPatternsCountBeforeEarlierOnes() {
        Map<String, Initializer> rules = new LinkedHashMap<>();
        rules.put("*", new Constant(1));
        rules.put("*bias*", new Constant(2));
        rules.put("0.bias", new Constant(3));
        assertEquals(List.of(1, 3, 1, 2, 1, 1, 2, 1), assigned(rules));
    }

    @Test
    void dotsStandForThemselves() {
        var refused = assertThrows(IllegalArgumentException.class, () -> assigned(Map.of("0?weights", DEFAULT)));
        assertEquals(
                "init names no parameter of the network: pattern=0?weights, parameters=[0.weight, 0.bias, 1.weight, 1.bias,"
                        + " 5.0.weight_ih_l0, 5.0.weight_hh_l0, 5.0.bias_ih_l0, slope]",
                refused.getMessage());
    }

    private static List<Integer> assigned(Map<String, Initializer> rules) {
        return new InitPlan(rules)
                .assign(NETWORK, NETWORK.stream().map(p -> DEFAULT).toList()).stream()
                        .map(i -> (int) ((Constant) i).val())
                        .toList();
    }
}

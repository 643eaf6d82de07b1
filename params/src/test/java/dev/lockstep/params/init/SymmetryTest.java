package dev.lockstep.params.init;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lockstep.params.Parameter;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SymmetryTest {
    private static final List<Parameter> NETWORK = List.of(
            new Parameter("0.weight", List.of(4, 1, 3, 3)),
            new Parameter("0.bias", List.of(4)),
            new Parameter("1.weight", List.of(4)),
            new Parameter("3.weight", List.of(6, 4)),
            new Parameter("5.weight", List.of(2, 6)));

    private static final Initializer RANDOM = new XavierNormal();
    private static final Initializer ZEROS = new Zeros();

    @Test
    void randomWeightsAreSound() {
        assertTrue(warnings(RANDOM, RANDOM, RANDOM).isEmpty());
    }

    @Test
    void constantHiddenLayersAreNamed() {
        List<String> warnings = warnings(new Constant(0.5), ZEROS, RANDOM);
        assertEquals(2, warnings.size());
        assertTrue(warnings.get(0)
                .startsWith("Units of a hidden layer begin alike: parameter=0.weight, units=4. With equal weights"));
        assertTrue(warnings.get(1).contains("parameter=3.weight, units=6"));
    }

    @Test
    void theLastLayerMayBeConstant() {
        assertTrue(warnings(RANDOM, RANDOM, ZEROS).isEmpty());
    }

    @Test
    void aSingleUnitIsNotAlike() {
        Parameter one = new Parameter("0.weight", List.of(1, 3));
        assertTrue(!Symmetry.unitsAreAlike(one, FloatBuffer.wrap(ZEROS.values(one, 1)), 0));
    }

    private static List<String> warnings(Initializer first, Initializer second, Initializer last) {
        List<Initializer> initializers = List.of(first, ZEROS, new Ones(), second, last);
        List<Float> flat = new ArrayList<>();
        for (int p = 0; p < NETWORK.size(); p++) {
            for (float value : initializers.get(p).values(NETWORK.get(p), 1)) {
                flat.add(value);
            }
        }
        FloatBuffer values = FloatBuffer.allocate(flat.size());
        flat.forEach(values::put);
        return Symmetry.warnings(NETWORK, values);
    }
}

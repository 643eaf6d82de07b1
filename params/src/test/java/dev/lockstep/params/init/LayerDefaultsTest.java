package dev.lockstep.params.init;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.lockstep.params.Parameter;
import java.util.List;
import org.junit.jupiter.api.Test;

class LayerDefaultsTest {
    @Test
    void weightIsUniformWithinOneOverTheRootOfFanIn() {
        assertWithin(0.1, LayerDefaults.weight().values(new Parameter("0.weight", List.of(300, 100)), 1));
        assertWithin(
                1 / Math.sqrt(72), LayerDefaults.weight().values(new Parameter("0.weight", List.of(300, 8, 3, 3)), 1));
    }

    @Test
    void biasAndRecurrentAreUniformWithinTheirBound() {
        assertWithin(0.1, LayerDefaults.bias(100).values(new Parameter("0.bias", List.of(10_000)), 1));
        assertWithin(0.25, LayerDefaults.recurrent(16).values(new Parameter("0.bias_hh_l0", List.of(10_000)), 1));
    }

    private static void assertWithin(double bound, float[] values) {
        double least = 0;
        double most = 0;
        for (float value : values) {
            least = Math.min(least, value);
            most = Math.max(most, value);
        }
        assertEquals(-bound, least, 0.01 * bound);
        assertEquals(bound, most, 0.01 * bound);
    }
}

package dev.lockstep.worker;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lockstep.worker.Golden.Values;
import dev.lockstep.worker.layer.Dropout;
import dev.lockstep.worker.layer.Dropout2d;
import dev.lockstep.worker.layer.Layer;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is zeroed is zeroed at random; its size and its expectation are PyTorch's. */
class DropoutTest {
    private static final int EXAMPLES = 50;
    private static final int CHANNELS = 20;
    private static final int PLACES = 6;
    private static final List<Integer> SHAPE = List.of(CHANNELS, 2, 3);
    private static final int CHANNEL_COUNT = EXAMPLES * CHANNELS;

    private static double[] run(Layer layer, boolean training) {
        double[] ones = new double[CHANNEL_COUNT * PLACES];
        Arrays.fill(ones, 1);
        return new LayerProbe(layer, SHAPE).run(new Values(List.of(EXAMPLES, CHANNELS, 2, 3), ones), null, training);
    }

    private static double zeros(double[] values) {
        return Arrays.stream(values).filter(value -> value == 0).count() / (double) values.length;
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, 0.2, 0.5, 0.9, 1})
    void zeroesAShareOfTheValuesAndScalesTheOthers(double p) {
        double[] y = run(new Dropout(p), /* training */ true);
        assertEquals(p, zeros(y), 5 * Math.sqrt(p * (1 - p) / y.length));
        assertTrue(Arrays.stream(y).allMatch(value -> value == 0 || Math.abs(value - 1 / (1 - p)) < 1e-6));
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, 0.2, 0.5, 0.9, 1})
    void zeroesWholeChannelsAndScalesTheOthers(double p) {
        double[] y = run(new Dropout2d(p), /* training */ true);
        assertEquals(p, zeros(y), 5 * Math.sqrt(p * (1 - p) / CHANNEL_COUNT));
        for (int i = 0; i < y.length; i++) {
            assertEquals(y[i - i % PLACES], y[i], "channel " + i / PLACES);
            assertTrue(y[i] == 0 || Math.abs(y[i] - 1 / (1 - p)) < 1e-6);
        }
    }

    @Test
    void leavesEvaluationAlone() {
        double[] ones = new double[CHANNEL_COUNT * PLACES];
        Arrays.fill(ones, 1);
        assertArrayEquals(ones, run(new Dropout(0.5), /* training */ false));
        assertArrayEquals(ones, run(new Dropout2d(0.5), /* training */ false));
    }

    @Test
    void theSameSeedZeroesTheSame() {
        assertArrayEquals(run(new Dropout(0.5), /* training */ true), run(new Dropout(0.5), /* training */ true));
        assertArrayEquals(run(new Dropout2d(0.5), /* training */ true), run(new Dropout2d(0.5), /* training */ true));
    }
}

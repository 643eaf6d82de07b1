package dev.lockstep.driver.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import dev.lockstep.worker.Examples;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class FingerprintTest {
    private static final int ROWS = 20;
    private static final int WIDTH = 3;

    private static Examples rows(float[] features, float[] targets, int from, int to) {
        float[][] own = {Arrays.copyOfRange(features, from * WIDTH, to * WIDTH)};
        return new Examples(to - from, own, Arrays.copyOfRange(targets, from, to));
    }

    private static float[] drawn(int count) {
        Random random = new Random(count);
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = random.nextFloat();
        }
        return values;
    }

    private static long of(float[] features, float[] targets) {
        return Fingerprint.of(rows(features, targets, 0, ROWS));
    }

    @Test
    void isTheSameHoweverRowsAreCut() {
        float[] features = drawn(ROWS * WIDTH);
        float[] targets = drawn(ROWS);
        for (int cut = 0; cut <= ROWS; cut++) {
            long first = Fingerprint.of(rows(features, targets, 0, cut));
            long others = Fingerprint.of(rows(features, targets, cut, ROWS));
            assertEquals(of(features, targets), Fingerprint.joined(first, others, ROWS - cut), "cut=" + cut);
        }
    }

    @Test
    void isAnotherForOtherValuesTargetsAndOrder() {
        float[] features = drawn(ROWS * WIDTH);
        float[] targets = drawn(ROWS);
        long all = of(features, targets);

        float[] changed = features.clone();
        changed[7] = -changed[7];
        assertNotEquals(all, of(changed, targets));
        float[] others = targets.clone();
        others[0] += 1;
        assertNotEquals(all, of(features, others));
        float[] swapped = features.clone();
        System.arraycopy(features, 0, swapped, WIDTH, WIDTH);
        System.arraycopy(features, WIDTH, swapped, 0, WIDTH);
        float[] swappedTargets = targets.clone();
        swappedTargets[0] = targets[1];
        swappedTargets[1] = targets[0];
        assertNotEquals(all, of(swapped, swappedTargets));
    }
}

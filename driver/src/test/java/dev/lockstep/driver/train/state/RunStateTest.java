package dev.lockstep.driver.train.state;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lockstep.driver.train.progress.EpochLoss;
import dev.lockstep.optim.update.LossScale;
import dev.lockstep.params.compress.Residual;
import org.junit.jupiter.api.Test;

/** What a run goes on from with another number of workers. */
class RunStateTest {
    private static final LossScale SCALE = new LossScale(32768, 17);

    private static RunState of(Residual... residuals) {
        return new RunState(9, null, null, residuals, EpochLoss.NONE, null, null, 0.1, SCALE);
    }

    private static Residual part(double weight, float value) {
        return new Residual(weight, 1, new float[] {value});
    }

    @Test
    void whatCompressionLeftOutGoesToThoseWhoAreThere() {
        RunState three = of(part(2, 1), part(2, 10), part(4, 100));
        Residual[] two = three.forWorkers(2, weight -> weight).residuals();
        assertArrayEquals(new float[] {51}, two[0].values());
        assertArrayEquals(new float[] {10}, two[1].values());
        Residual[] five = three.forWorkers(5, weight -> weight).residuals();
        assertSame(three.residuals()[2], five[2]);
        assertTrue(five[3].isNone() && five[4].isNone());
        assertEquals(1, five[4].values().length);
    }

    @Test
    void theSameWorkersGoOnWithWhatTheyHad() {
        RunState two = of(part(2, 1), part(2, 10));
        RunState same = two.forWorkers(2, weight -> weight);
        assertSame(two.residuals(), same.residuals());
        assertSame(SCALE, same.lossScale());
    }
}

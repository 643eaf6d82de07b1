package dev.lockstep.losses;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import org.junit.jupiter.api.Test;

class LogisticTest {
    @Test
    void log1pIsExactToAFewUnitsInTheLastPlace() {
        Random random = new Random(1);
        for (int i = 0; i < 200_000; i++) {
            double e = i % 2 == 0 ? random.nextDouble() : Math.exp(-random.nextDouble() * 700);
            double expected = StrictMath.log1p(e);
            double error = Math.abs(Logistic.log1p(e) - expected) / Math.ulp(expected);
            assertTrue(error <= 4, "e=" + e + ", error=" + error + " ulp");
        }
    }

    @Test
    void log1pIsRightAtTheEnds() {
        assertEquals(0, Logistic.log1p(0));
        assertEquals(Math.log(2), Logistic.log1p(1));
        assertTrue(Double.isNaN(Logistic.log1p(Double.NaN)));
        assertEquals(Double.MIN_NORMAL, Logistic.log1p(Double.MIN_NORMAL));
    }
}

package dev.lockstep.params.init;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class DrawsTest {
    /** The published first outputs of SplitMix64 from the state 1234567. */
    @Test
    void bitsAreSplitMix64() {
        String[] expected = {"6457827717110365317", "3203168211198807973", "9817491932198370423"};
        Draws draws = new Draws(1234567);
        for (int i = 0; i < expected.length; i++) {
            assertEquals(expected[i], Long.toUnsignedString(draws.bits(i)));
        }
    }

    /** Should this fail, networks would begin with other weights than in earlier releases. */
    @Test
    void numbersStayWhatTheyWere() {
        Draws draws = Draws.of(7, "0.weight");
        assertEquals(-6476831255992879324L, draws.bits(0));
        assertEquals(0.10914984022862065, draws.normal(1));
        assertEquals(-2.9591321184910653, Draws.of(7, "0.bias").fork(3).normal(22));
    }

    @Test
    void uniformStaysInsideTheOpenInterval() {
        double least = 1;
        double most = 0;
        for (int i = 0; i < 100_000; i++) {
            double u = Draws.of(1, "u").uniform(i);
            least = Math.min(least, u);
            most = Math.max(most, u);
        }
        assertTrue(least > 0 && least < 1e-4 && most < 1 && most > 1 - 1e-4, least + " " + most);
    }

    @Test
    void namesSeedsAndForksDoNotCorrelate() {
        Draws base = Draws.of(1, "layer.1.weight");
        Draws[] others = {Draws.of(1, "layer.2.weight"), Draws.of(2, "layer.1.weight"), base.fork(0), base.fork(1)};
        int count = 100_000;
        for (Draws other : others) {
            double sum = 0;
            for (int i = 0; i < count; i++) {
                sum += base.normal(i) * other.normal(i);
            }
            assertEquals(0, sum / count, 5 / Math.sqrt(count));
        }
        assertNotEquals(base.fork(0).bits(0), base.fork(1).bits(0));
    }

    @Test
    void belowReachesEveryNumberEquallyOften() {
        int[] seen = new int[7];
        for (int i = 0; i < 70_000; i++) {
            seen[Draws.of(5, "below").below(7, i)]++;
        }
        for (int count : seen) {
            assertEquals(10_000, count, 5 * Math.sqrt(10_000));
        }
    }
}

package dev.lockstep.driver.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.BitSet;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;

class PermutationPropertyTest {
    @Property(tries = 300)
    void everyPositionIsTakenOnce(@ForAll @IntRange(min = 1, max = 5000) int size, @ForAll long seed) {
        Permutation permutation = new Permutation(size, seed);
        BitSet taken = new BitSet(size);
        for (int index = 0; index < size; index++) {
            taken.set(Math.toIntExact(permutation.position(index)));
        }
        assertEquals(size, taken.cardinality());
        assertEquals(size, taken.length());
    }

    @Property(tries = 100)
    void largeSizesStayInside(@ForAll @LongRange(min = 1, max = Long.MAX_VALUE / 4) long size, @ForAll long seed) {
        Permutation permutation = new Permutation(size, seed);
        for (long index : new long[] {0, size / 2, size - 1}) {
            long position = permutation.position(index);
            assertTrue(position >= 0 && position < size, () -> "position=" + position + ", size=" + size);
        }
    }

    /**
     * Each of the 24 orders of 4 things comes up about equally often: chi-square with 23 degrees of freedom, p = 1e-6.
     */
    @Example
    void smallOrdersAreEvenlySpread() {
        int[] counts = new int[256];
        int seeds = 24_000;
        for (int seed = 0; seed < seeds; seed++) {
            Permutation permutation = new Permutation(4, seed);
            int code = 0;
            for (int index = 0; index < 4; index++) {
                code = code * 4 + (int) permutation.position(index);
            }
            counts[code]++;
        }
        double chiSquare = 0;
        int orders = 0;
        for (int count : counts) {
            if (count > 0) {
                orders++;
                chiSquare += Math.pow(count - seeds / 24.0, 2) / (seeds / 24.0);
            }
        }
        assertEquals(24, orders);
        assertTrue(chiSquare < 72, "chiSquare=" + chiSquare);
    }

    @Example
    void seedsGiveDifferentOrders() {
        assertNotEquals(new Permutation(1 << 20, 1).position(17), new Permutation(1 << 20, 2).position(17));
    }

    @Example
    void refusesAnIndexOutside() {
        Permutation permutation = new Permutation(5, 1);
        String message = assertThrows(IllegalArgumentException.class, () -> permutation.position(5))
                .getMessage();
        assertEquals("index must be in [0, size): index=5, size=5", message);
    }
}

package dev.lockstep.driver.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lockstep.driver.DataException;
import net.jqwik.api.Assume;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class ValidationSplitPropertyTest {
    @Property(tries = 300)
    void ranksCountEachSide(
            @ForAll @IntRange(min = 2, max = 3000) int rows,
            @ForAll @IntRange(min = 1, max = 2999) int held,
            @ForAll long seed) {
        Assume.that(held < rows);
        ValidationSplit split = new ValidationSplit(rows, held, seed);
        int heldSoFar = 0;
        for (int row = 0; row < rows; row++) {
            assertEquals(split.isHeld(row) ? heldSoFar : row - heldSoFar, split.rank(row));
            heldSoFar += split.isHeld(row) ? 1 : 0;
        }
        assertEquals(held, heldSoFar);
    }

    @Example
    void nothingHeldIsTheWhole() {
        ValidationSplit split = new ValidationSplit(10, 0, 1);
        assertTrue(!split.isHeld(3) && split.rank(3) == 3);
    }

    @Example
    void seedsHoldOutOtherRows() {
        ValidationSplit one = new ValidationSplit(1000, 100, 1);
        ValidationSplit other = new ValidationSplit(1000, 100, 2);
        long same = java.util.stream.LongStream.range(0, 1000)
                .filter(row -> one.isHeld(row) && other.isHeld(row))
                .count();
        assertTrue(same < 40, "same=" + same);
    }

    @Example
    void refusesAFractionThatLeavesASideEmpty() {
        String message = assertThrows(DataException.class, () -> ValidationSplit.of(4, 0.1, 1, "path=a"))
                .getMessage();
        assertEquals(
                "Validation fraction must leave rows on both sides: path=a, rows=4, fraction=0.1, validation=0",
                message);
    }
}

package dev.lockstep.driver.data.encoding;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.util.List;
import org.junit.jupiter.api.Test;

class ClassIndexTest {
    private static ClassIndex index(String... names) {
        return new ClassIndex(new ClassNames(List.of(names)));
    }

    @Test
    void textIsFoundLetterByLetterAndAWholeNumberInItByItsValue() {
        ClassIndex index = index("no", "yes", "1");
        assertEquals(1, index.of("yes"));
        assertEquals(2, index.of("1"));
        assertEquals(ClassIndex.NONE, index.of("Yes"));
        assertEquals(2, index.of("1.0"));
        assertEquals(2, index.of(1.0));
        assertEquals(ClassIndex.NONE, index.of("01"));
        assertEquals(ClassIndex.NONE, index.of(" no"));
    }

    @Test
    void numbersAreFoundByTheirValueWhateverTheirType() {
        ClassIndex index = index("-1", "1", "2.50");
        for (Object one : List.of(1, 1L, (short) 1, 1.0, 1.0f, "1", " 1.00", "1e0", new BigDecimal("1.000"))) {
            assertEquals(1, index.of(one), one.getClass() + " " + one);
        }
        assertEquals(0, index.of(-1));
        assertEquals(2, index.of(2.5));
        assertEquals(2, index.of("2.5"));
        assertEquals(ClassIndex.NONE, index.of(3));
        assertEquals(ClassIndex.NONE, index.of("two"));
        assertEquals(ClassIndex.NONE, index.of(Double.NaN));
    }

    @Test
    void truthValuesAreFoundInAnyCase() {
        ClassIndex index = index("False", "True");
        assertEquals(0, index.of(false));
        assertEquals(1, index.of("true"));
        assertEquals(1, index.of("TRUE"));
        assertEquals(ClassIndex.NONE, index.of("maybe"));
    }

    @Test
    void labelsHaveTheTypeOfTheirColumn() {
        assertEquals(10, new ClassNames(List.of("10", "20"), "int").label(0));
        assertEquals(20L, new ClassNames(List.of("10", "20"), "bigint").label(1));
        assertEquals(true, new ClassNames(List.of("false", "true"), "boolean").label(1));
        assertEquals(new BigDecimal("2.50"), new ClassNames(List.of("2.50"), "decimal(3,2)").label(0));
        assertEquals(
                "decimal(3,2)",
                new ClassNames(List.of("2.50"), "decimal(3,2)").dataType().simpleString());
        assertEquals("2.50", new ClassNames(List.of("2.50")).label(0));
    }

    @Test
    void namesDifferFromOneAnother() {
        IllegalArgumentException thrown =
                assertThrows(IllegalArgumentException.class, () -> new ClassNames(List.of("a", "a")));
        assertEquals("names must differ from one another: names=[a, a]", thrown.getMessage());
    }

    @Test
    void numbersWithAHoleLookLikeClassNumbers() {
        assertTrue(new ClassNames(List.of("0", "1", "3"), "int").lookLikeNumbers());
        assertTrue(new ClassNames(List.of("0.0", "2.0"), "double").lookLikeNumbers());
        assertFalse(new ClassNames(List.of("1", "2", "3"), "int").lookLikeNumbers(), "counted from 1");
        assertFalse(new ClassNames(List.of("-1", "1"), "int").lookLikeNumbers());
        assertFalse(new ClassNames(List.of("0", "0.5", "3"), "double").lookLikeNumbers());
        assertFalse(new ClassNames(List.of("0", "1", "none")).lookLikeNumbers());
        assertFalse(ClassNames.NONE.lookLikeNumbers());
    }
}

package dev.lockstep.driver.data.encoding;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.math.BigDecimal;
import java.sql.Date;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class CategoryWordTest {
    private static void assertAre(String word, Object... cells) {
        assertEquals(
                Collections.nCopies(cells.length, word),
                Arrays.stream(cells).map(CategoryWord::of).toList());
    }

    @Test
    void aNumberHasOneWordWhateverHoldsIt() {
        assertAre("3", 3, 3L, (short) 3, (byte) 3, 3f, 3.0, new BigDecimal("3.00"), "3", "3.0", "3.00");
        assertAre("0", 0, -0.0, 0.0, new BigDecimal("0.000"), "0.0");
        assertAre("-7.25", -7.25, -7.25f, new BigDecimal("-7.2500"), "-7.25");
        assertAre("1000000000000", 1e12, 1_000_000_000_000L);
        assertAre("0.1", 0.1, 0.1f);
        assertAre("Infinity", Double.POSITIVE_INFINITY, Float.POSITIVE_INFINITY);
    }

    @Test
    void textIsTakenAsItStands() {
        for (String text :
                List.of("Rome", " Rome", "ROME", "007", "007.0", "10.50", "1e3", "v1.0", "true", "-", ".0")) {
            assertAre(text, text);
        }
        assertAre("true", true);
        assertAre("2024-02-29", Date.valueOf("2024-02-29"));
    }

    @Test
    void gapsHaveNone() {
        assertNull(CategoryWord.of(null));
        assertNull(CategoryWord.of(""));
        assertNull(CategoryWord.of("  "));
        assertNull(CategoryWord.of(Double.NaN));
        assertNull(CategoryWord.of(Float.NaN));
    }

    @Test
    void whatIsNoWordOfTheVocabularyIsUnknown() {
        CategoryNumbers numbers = new CategoryNumbers(new Vocabulary("city", 2, false, List.of("Rome", "Oslo")));
        assertEquals(1, numbers.of("Rome"));
        assertEquals(2, numbers.of("Oslo"));
        assertEquals(Vocabulary.UNKNOWN, numbers.of("Lima"));
        assertEquals(Vocabulary.UNKNOWN, numbers.of(null));
    }
}

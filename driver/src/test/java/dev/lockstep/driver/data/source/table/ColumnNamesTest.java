package dev.lockstep.driver.data.source.table;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lockstep.driver.DataException;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ColumnNamesTest {
    private Locale before;

    @BeforeEach
    void remember() {
        before = Locale.getDefault();
    }

    @AfterEach
    void restore() {
        Locale.setDefault(before);
    }

    /** In some, numbers are formatted with other digits. */
    @ParameterizedTest
    @ValueSource(strings = {"en-US", "ar-EG", "fa-IR", "ne-NP", "tr-TR"})
    void rangesCountTheSameInEveryLocale(String locale) {
        Locale.setDefault(Locale.forLanguageTag(locale));
        List<String> plain = IntStream.range(0, 12).mapToObj(i -> "x" + i).toList();
        assertEquals(plain, new ColumnNames(plain, "here").find(List.of("x0..x11")));
        List<String> padded = List.of("p08", "p09", "p10", "p11");
        assertEquals(padded, new ColumnNames(padded, "here").find(List.of("p08..p11")));
        List<String> odd = List.of("100%0", "100%1");
        assertEquals(odd, new ColumnNames(odd, "here").find(List.of("100%0..100%1")));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '/',
            value = {
                "' b'/The header has blanks: options: {ignoreLeadingWhiteSpace: true",
                "gr\uFFFDn/The header is not in UTF-8: save the file so, or name its encoding",
                "a;b/Where a column looks like several, options: {sep: \";\"} in a job file, or --option 'sep=;',"
            })
    void anUnsplitHeaderIsTold(String column, String hint) {
        ColumnNames names = new ColumnNames(List.of(column), "path=a.csv");
        String message = assertThrows(DataException.class, () -> names.find(List.of("b")))
                .getMessage();
        assertTrue(message.startsWith("Column is not in the data: column=b, ") && message.contains(hint), message);
    }

    @Test
    void onlyANameLikeTheWantedOneIsNear() {
        ColumnNames names = new ColumnNames(List.of("id", "temperature"), "path=a.csv");
        assertEquals(
                "Column is not in the data: column=temprature, nearest=temperature, path=a.csv, columns=[id, temperature]",
                assertThrows(DataException.class, () -> names.find(List.of("temprature")))
                        .getMessage());
        assertEquals(
                "Column is not in the data: column=species, path=a.csv, columns=[id, temperature]",
                assertThrows(DataException.class, () -> names.find(List.of("species")))
                        .getMessage());
    }
}

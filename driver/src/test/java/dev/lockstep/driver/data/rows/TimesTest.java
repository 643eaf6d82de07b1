package dev.lockstep.driver.data.rows;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.sql.Date;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TimesTest {
    @ParameterizedTest
    @CsvSource({
        "1970-01-01, 0",
        "02.01.1970, 86400",
        "02.01.1970 00:01, 86460",
        "1970-01-02, 86400",
        "1969-12-31, -86400",
        "1970-01-01T00:01, 60",
        "1970-01-01 00:00:01.5, 1.5",
        "1970-01-01T01:00:00+01:00, 0",
        "2024-05-01T10:00:00Z, 1714557600",
        "2024-05-01 10:00:00, 1714557600"
    })
    void textIsRead(String text, double seconds) throws BadValueException {
        assertEquals(seconds, Times.parse(text));
        assertEquals(seconds, CellNumbers.of(text, "t"));
    }

    @Test
    void whatSparkGivesIsRead() {
        Instant instant = Instant.parse("2024-05-01T10:00:00.250Z");
        assertEquals(1714557600.25, Times.seconds(instant));
        assertEquals(1714557600.25, Times.seconds(Timestamp.from(instant)));
        assertEquals(1714557600, Times.seconds(LocalDateTime.parse("2024-05-01T10:00:00")));
        assertEquals(86400, Times.seconds(LocalDate.parse("1970-01-02")));
        assertEquals(86400, Times.seconds(Date.valueOf(LocalDate.parse("1970-01-02"))));
    }

    @Test
    void whatIsNoTimeIsToldFromOne() {
        assertTrue(Times.isTime("2024-99-01"));
        assertFalse(Times.isReadable("2024-02-31"));
        assertFalse(Times.isReadable("31.02.2024"));
        assertFalse(Times.isReadable("31/01/2024"));
        assertFalse(Times.isTime("-2024.5e10"));
        assertFalse(Times.isTime(3.0));
        BadValueException thrown = assertThrows(BadValueException.class, () -> CellNumbers.of("2024-99-01", "t"));
        assertEquals(
                "Value must be a number, or a time as 2024-05-01T10:00:00Z: here, row=1, column=t, value=2024-99-01",
                thrown.badValue().describe("here", 1));
    }
}

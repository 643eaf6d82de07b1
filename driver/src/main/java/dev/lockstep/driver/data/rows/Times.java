package dev.lockstep.driver.data.rows;

import java.sql.Date;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.DateTimeParseException;
import java.time.format.ResolverStyle;
import java.time.temporal.TemporalAccessor;
import java.util.Locale;

/** Dates and time stamps as seconds since 1970-01-01T00:00:00Z. Those that name no zone are taken as UTC. */
public final class Times {
    private static final DateTimeFormatter YEAR_FIRST = withTime(DateTimeFormatter.ISO_LOCAL_DATE);
    private static final DateTimeFormatter DAY_FIRST = withTime(DateTimeFormatter.ofPattern("dd.MM.uuuu", Locale.ROOT));

    private static final int DATE_LENGTH = "2000-01-01".length();

    private Times() {}

    public static boolean isTime(Object cell) {
        return cell instanceof String
                ? isWritten((String) cell)
                : cell instanceof java.util.Date || cell instanceof TemporalAccessor;
    }

    private static DateTimeFormatter withTime(DateTimeFormatter date) {
        return new DateTimeFormatterBuilder()
                .append(date)
                .optionalStart()
                .appendPattern("['T'][' ']")
                .append(DateTimeFormatter.ISO_LOCAL_TIME)
                .optionalStart()
                .appendOffset("+HH:mm", "Z")
                .toFormatter(Locale.ROOT)
                .withResolverStyle(ResolverStyle.STRICT);
    }

    /** Whether a text begins as a date does, and no number. */
    static boolean isWritten(String text) {
        return text.length() >= DATE_LENGTH && (text.charAt(4) == '-' && text.charAt(7) == '-' || isDayFirst(text));
    }

    private static boolean isDayFirst(String text) {
        return text.charAt(2) == '.' && text.charAt(5) == '.';
    }

    /** Whether a cell of this text is read as a time. */
    public static boolean isReadable(String text) {
        try {
            return isWritten(text.trim()) && Double.isFinite(parse(text.trim()));
        } catch (DateTimeParseException e) {
            return false;
        }
    }

    /** @throws DateTimeParseException if it is no time */
    static double parse(String text) {
        DateTimeFormatter form = isDayFirst(text) ? DAY_FIRST : YEAR_FIRST;
        TemporalAccessor time = form.parseBest(text, OffsetDateTime::from, LocalDateTime::from, LocalDate::from);
        return seconds(time);
    }

    /** @param cell as Spark gives dates and time stamps */
    static double seconds(Object cell) {
        if (cell instanceof Timestamp) {
            return seconds(((Timestamp) cell).toInstant());
        }
        if (cell instanceof Date) {
            return seconds(((Date) cell).toLocalDate());
        }
        if (cell instanceof LocalDate) {
            return seconds(((LocalDate) cell).atStartOfDay());
        }
        if (cell instanceof LocalDateTime) {
            return seconds(((LocalDateTime) cell).toInstant(ZoneOffset.UTC));
        }
        Instant instant = cell instanceof OffsetDateTime ? ((OffsetDateTime) cell).toInstant() : (Instant) cell;
        return instant.getEpochSecond() + instant.getNano() / 1e9;
    }
}

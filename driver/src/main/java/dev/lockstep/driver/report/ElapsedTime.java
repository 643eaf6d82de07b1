package dev.lockstep.driver.report;

import java.util.Locale;

/** Writes times as people read them. */
final class ElapsedTime {
    private static final int MINUTE = 60;
    private static final int HOUR = 3600;

    private ElapsedTime() {}

    /** As {@code 0:07}, {@code 12:30} or {@code 1:02:03}. */
    static String shown(double seconds) {
        long whole = Math.max(0, Math.round(seconds));
        long minutes = whole % HOUR / MINUTE;
        return whole < HOUR
                ? String.format(Locale.ROOT, "%d:%02d", minutes, whole % MINUTE)
                : String.format(Locale.ROOT, "%d:%02d:%02d", whole / HOUR, minutes, whole % MINUTE);
    }
}

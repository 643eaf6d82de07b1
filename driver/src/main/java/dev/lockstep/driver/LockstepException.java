package dev.lockstep.driver;

import java.util.HexFormat;
import java.util.regex.Pattern;

/** A failure that a user can act on: its message is one line that says what is wrong and where. */
public abstract sealed class LockstepException extends RuntimeException
        permits JobFileException, DataException, TrainingException, ClusterException, CancelledException {

    /** What a terminal would act on, or not show: data may hold it, as text in UTF-16 does. */
    private static final Pattern CONTROL = Pattern.compile("[\\p{Cc}&&[^\\s]]");

    LockstepException(String message, Throwable cause) {
        super(visible(message), cause);
    }

    private static String visible(String message) {
        return CONTROL.matcher(String.valueOf(message))
                .replaceAll(found ->
                        "\\\\u" + HexFormat.of().toHexDigits(found.group().charAt(0)));
    }

    /** What the process ends with when nobody catches this. */
    public abstract ExitCode exitCode();
}

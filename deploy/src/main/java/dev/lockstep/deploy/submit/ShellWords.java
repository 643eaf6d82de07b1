package dev.lockstep.deploy.submit;

import java.util.List;
import java.util.stream.Collectors;

/** Words as a POSIX shell reads them. */
public final class ShellWords {
    private static final String PLAIN = "[A-Za-z0-9_@%+=:,./-]+";

    private ShellWords() {}

    public static String line(List<String> words) {
        return words.stream().map(ShellWords::quoted).collect(Collectors.joining(" "));
    }

    private static String quoted(String word) {
        return word.matches(PLAIN) ? word : "'" + word.replace("'", "'\\''") + "'";
    }
}

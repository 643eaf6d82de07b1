package dev.lockstep.params.init;

import java.util.regex.Pattern;

/**
 * A pattern for parameter names: {@code *} stands for any characters, dots included, {@code ?} for one, all others for
 * themselves.
 */
final class Glob {
    private final Pattern pattern;

    Glob(String glob) {
        StringBuilder regex = new StringBuilder();
        for (char c : glob.toCharArray()) {
            regex.append(c == '*' ? ".*" : c == '?' ? "." : Pattern.quote(String.valueOf(c)));
        }
        this.pattern = Pattern.compile(regex.toString());
    }

    boolean matches(String name) {
        return pattern.matcher(name).matches();
    }
}

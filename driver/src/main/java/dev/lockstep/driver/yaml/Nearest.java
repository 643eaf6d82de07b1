package dev.lockstep.driver.yaml;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** Finds the known name that a misspelt one probably means. */
public final class Nearest {
    private Nearest() {}

    /**
     * The nearest of {@code known} by edit distance, if it is near: a third of the letters may differ, or one begins
     * the other.
     */
    public static Optional<String> of(String word, Collection<String> known) {
        return known.stream()
                .filter(candidate -> distance(word, candidate) <= Math.max(1, word.length() / 3))
                .min(Comparator.comparingInt(candidate -> distance(word, candidate)));
    }

    /** What to append to an error: the nearest name, or all where none is near. */
    public static String hint(String word, Collection<String> known) {
        if (known.isEmpty()) {
            return "";
        }
        return of(word, known)
                .map(near -> ". Did you mean " + near + "?")
                .orElse(". Known: " + String.join(", ", known));
    }

    private static int distance(String word, String candidate) {
        String a = word.toLowerCase(Locale.ROOT);
        String b = candidate.toLowerCase(Locale.ROOT);
        boolean oneBeginsTheOther = Math.min(a.length(), b.length()) >= 3 && (a.startsWith(b) || b.startsWith(a));
        return oneBeginsTheOther ? 1 : edits(a, b);
    }

    /** Optimal string alignment: insertions, deletions, substitutions and swaps of neighbours count 1. */
    private static int edits(String a, String b) {
        int[][] d = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            for (int j = 0; j <= b.length(); j++) {
                if (i == 0 || j == 0) {
                    d[i][j] = i + j;
                    continue;
                }
                int change = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
                d[i][j] = Math.min(Math.min(d[i - 1][j], d[i][j - 1]) + 1, d[i - 1][j - 1] + change);
                if (i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1)) {
                    d[i][j] = Math.min(d[i][j], d[i - 2][j - 2] + 1);
                }
            }
        }
        return d[a.length()][b.length()];
    }
}

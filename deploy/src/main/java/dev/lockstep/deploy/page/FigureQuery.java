package dev.lockstep.deploy.page;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Which figures somebody wants.
 *
 * @param from the first step
 * @param to the last step
 * @param points at most
 */
record FigureQuery(List<String> names, long from, long to, int points) {
    private static final int MOST_NAMES = 500;
    private static final int MOST_POINTS = 1 << 16;
    private static final int POINTS = 500;

    /**
     * Reads {@code names=loss,lr&from=1&to=100&points=500}, of which anything may be left out.
     *
     * @throws IllegalArgumentException if it is none
     */
    static FigureQuery of(String query) {
        Map<String, String> given = new HashMap<>();
        for (String part : query == null ? new String[0] : query.split("&")) {
            int equals = part.indexOf('=');
            if (equals > 0) {
                given.put(
                        part.substring(0, equals),
                        URLDecoder.decode(part.substring(equals + 1), StandardCharsets.UTF_8));
            }
        }
        List<String> names =
                given.containsKey("names") ? List.of(given.get("names").split(",")) : List.of();
        long points = number(given, "points", POINTS);
        if (names.size() > MOST_NAMES || points < 1 || points > MOST_POINTS) {
            throw new IllegalArgumentException("Too much is asked for: names=" + names.size() + " of " + MOST_NAMES
                    + ", points=" + points + " of " + MOST_POINTS);
        }
        return new FigureQuery(names, number(given, "from", 0), number(given, "to", Long.MAX_VALUE), (int) points);
    }

    private static long number(Map<String, String> given, String name, long otherwise) {
        String text = given.get(name);
        return text == null || text.isEmpty() ? otherwise : Long.parseLong(text);
    }
}

package dev.lockstep.driver.history;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/**
 * All figures of a run by name, as {@code loss}, {@code validation.accuracy} or {@code workers.0.forward}: the keys
 * that lead to them in a line of the file. Together they keep a bounded number of points: the longest are folded first.
 * One thread at a time.
 */
final class Figures {
    private static final int MOST_POINTS = 1 << 20;
    private static final int MOST_OF_ONE = 1 << 16;
    private static final int LEAST_OF_ONE = 64;

    private final Map<String, Series> series = new LinkedHashMap<>();
    private final Key root = new Key("");
    private int mostOfOne = MOST_OF_ONE;
    private int points;

    /** A place in a line: found once and not spelled out anew for each of a million lines. */
    final class Key {
        private final String name;
        private final Map<Object, Key> below = new LinkedHashMap<>();
        private Series own;

        private Key(String name) {
            this.name = name;
        }

        Key below(Object part) {
            Key known = below.get(part);
            if (known == null) {
                known = new Key(name.isEmpty() ? part.toString() : name + "." + part);
                below.put(part, known);
            }
            return known;
        }

        void add(long step, double value) {
            if (own == null) {
                own = new Series();
                series.put(name, own);
            }
            if (own.add(step, value)) {
                points++;
                bound(own);
            }
        }
    }

    Key root() {
        return root;
    }

    private void bound(Series grown) {
        if (grown.size() < mostOfOne && (points <= MOST_POINTS || mostOfOne == LEAST_OF_ONE)) {
            return;
        }
        if (points > MOST_POINTS) {
            mostOfOne = Math.max(LEAST_OF_ONE, mostOfOne / 2);
            series.values().forEach(each -> each.limit(mostOfOne));
        } else {
            grown.limit(mostOfOne - 1);
        }
        points = series.values().stream().mapToInt(Series::size).sum();
    }

    /** In the order in which they came. */
    Set<String> names() {
        return Collections.unmodifiableSet(new LinkedHashSet<>(series.keySet()));
    }

    Series of(String name) {
        return series.get(name);
    }
}

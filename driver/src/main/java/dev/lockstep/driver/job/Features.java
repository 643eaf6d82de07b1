package dev.lockstep.driver.job;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/**
 * Which columns go into the network.
 *
 * @param groups one list of columns per input, several for pair and triplet losses; a column is a name or a range
 *     {@code x0..x63}; empty for every column but the label; one
 *     empty group for none
 */
public record Features(List<List<String>> groups) implements Serializable {
    private static final int MAX_GROUPS = 3;

    /** Every column but the label. */
    public static final Features ALL = new Features(List.of());

    /** No column: an example is its categories. */
    public static final Features NONE = new Features(List.of(List.of()));

    public Features {
        groups = groups.stream().map(List::copyOf).toList();
        if (groups.size() > MAX_GROUPS) {
            throw new IllegalArgumentException(
                    "must be at most " + MAX_GROUPS + " groups of columns: groups=" + groups.size());
        }
        if (groups.size() > 1 && groups.stream().anyMatch(List::isEmpty)) {
            throw new IllegalArgumentException("must name a column in every group: groups=" + groups);
        }
    }

    public static Features of(String... columns) {
        return new Features(List.of(List.of(columns)));
    }

    public boolean isNone() {
        return equals(NONE);
    }

    /** Adds the columns of a further input. */
    public Features and(String... columns) {
        List<List<String>> changed = new ArrayList<>(groups);
        changed.add(List.of(columns));
        return new Features(changed);
    }
}

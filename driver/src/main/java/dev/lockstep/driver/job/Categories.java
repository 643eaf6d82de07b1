package dev.lockstep.driver.job;

import java.io.Serializable;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Which columns hold categories, in the order in which the network gets them.
 *
 * @param columns by name or range {@code c0..c25}
 */
public record Categories(Map<String, Category> columns) implements Serializable {
    public static final Categories NONE = new Categories(Map.of());

    public Categories {
        columns = Collections.unmodifiableMap(new LinkedHashMap<>(columns));
    }

    public static Categories of(String... columns) {
        Map<String, Category> named = new LinkedHashMap<>();
        for (String column : columns) {
            if (named.put(column, new Category()) != null) {
                throw new IllegalArgumentException("must name each column once: column=" + column);
            }
        }
        return new Categories(named);
    }

    /** With a further column, or range of them. */
    public Categories and(String column, Category category) {
        Map<String, Category> changed = new LinkedHashMap<>(columns);
        changed.put(column, category);
        return new Categories(changed);
    }

    public boolean isEmpty() {
        return columns.isEmpty();
    }
}

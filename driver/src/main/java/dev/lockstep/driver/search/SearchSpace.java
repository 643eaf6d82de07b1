package dev.lockstep.driver.search;

import dev.lockstep.driver.JobFileException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;

/**
 * The settings that a search tries: every point of the grid, and with random axes each point several times with other
 * draws. Immutable.
 */
public final class SearchSpace {
    /** More would be a mistake. */
    private static final int MOST = 10_000;

    private final List<Choices> grid;
    private final List<Axis> random;
    private final int draws;
    private final long seed;

    private SearchSpace(List<Choices> grid, List<Axis> random, int draws, long seed) {
        this.grid = grid;
        this.random = random;
        this.draws = draws;
        this.seed = seed;
    }

    /**
     * A space as the command line writes it.
     *
     * @param grid each as {@code KEY=V1,V2}
     * @param random each as {@code KEY=LOW..HIGH}, {@code KEY=log:LOW..HIGH} or {@code KEY=V1,V2}
     * @param draws for each point of the grid; without random axes it has no effect
     * @param seed of the draws
     * @throws JobFileException that names the axis that is wrong
     */
    public static SearchSpace of(List<String> grid, List<String> random, int draws, long seed) {
        if (grid.isEmpty() && random.isEmpty()) {
            throw new JobFileException("A search needs --grid or --random: grid=[], random=[]");
        }
        if (draws < 1) {
            throw new JobFileException("--trials must be at least 1: trials=" + draws);
        }
        SearchSpace space = new SearchSpace(
                grid.stream().map(Choices::of).toList(),
                random.stream().map(Axis::of).toList(),
                draws,
                seed);
        space.requireSound();
        return space;
    }

    private void requireSound() {
        Set<String> keys = new LinkedHashSet<>();
        long size = random.isEmpty() ? 1 : draws;
        for (Choices axis : grid) {
            requireOnce(keys, axis);
            size = Math.min(Long.MAX_VALUE / 1000, size * axis.values().size());
        }
        random.forEach(axis -> requireOnce(keys, axis));
        if (size > MOST) {
            throw new JobFileException("A search must have at most " + MOST + " trials: trials=" + size);
        }
    }

    private static void requireOnce(Set<String> keys, Axis axis) {
        if (!keys.add(axis.key())) {
            throw new JobFileException("A key must be on one axis: key=" + axis.key());
        }
    }

    /** The settings of each trial by key, in the order of the axes. */
    public List<Map<String, String>> points() {
        List<Map<String, String>> points = List.of(Map.of());
        for (Choices axis : grid) {
            List<Map<String, String>> longer = new ArrayList<>();
            for (Map<String, String> point : points) {
                axis.values().forEach(value -> longer.add(with(point, axis.key(), value)));
            }
            points = longer;
        }
        return random.isEmpty() ? points : drawn(points);
    }

    private List<Map<String, String>> drawn(List<Map<String, String>> points) {
        SplittableRandom generator = new SplittableRandom(seed);
        List<Map<String, String>> all = new ArrayList<>();
        for (Map<String, String> point : points) {
            for (int draw = 0; draw < draws; draw++) {
                Map<String, String> settings = new LinkedHashMap<>(point);
                random.forEach(axis -> settings.put(axis.key(), axis.draw(generator)));
                all.add(settings);
            }
        }
        return all;
    }

    private static Map<String, String> with(Map<String, String> point, String key, String value) {
        Map<String, String> longer = new LinkedHashMap<>(point);
        longer.put(key, value);
        return longer;
    }
}

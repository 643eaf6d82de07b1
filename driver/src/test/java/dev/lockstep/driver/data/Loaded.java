package dev.lockstep.driver.data;

import dev.lockstep.driver.data.rows.RowFormat;
import dev.lockstep.worker.Examples;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/** What came out of loading, for tests: the examples by position. */
final class Loaded {
    private Loaded() {}

    /** Per position: all features, then all targets. */
    static List<List<Float>> rows(PackedData data) {
        RowFormat format = data.plan().format();
        TreeMap<Long, List<Float>> rows = new TreeMap<>();
        for (PackedSlice slice : data.slices().collect()) {
            Examples examples = slice.examples();
            for (int place = 0; place < examples.count(); place++) {
                rows.put((long) place * Dealing.SLICES + slice.slice(), row(examples, place, format));
            }
        }
        return List.copyOf(rows.values());
    }

    /** The row at one position. */
    static List<Float> row(PackedData data, long position) {
        RowFormat format = data.plan().format();
        return data.slices()
                .filter(slice -> slice.slice() == Dealing.slice(position))
                .map(PackedSlice::examples)
                .map(examples -> new ArrayList<>(row(examples, Dealing.place(position), format)))
                .first();
    }

    private static List<Float> row(Examples examples, int place, RowFormat format) {
        List<Float> row = new ArrayList<>();
        for (float[] group : examples.features()) {
            for (int i = 0; i < format.width(); i++) {
                row.add(group[place * format.width() + i]);
            }
        }
        for (int i = 0; i < format.targets(); i++) {
            row.add(examples.targets()[place * format.targets() + i]);
        }
        return row;
    }
}

package dev.lockstep.params;

import java.util.ArrayList;
import java.util.List;

/** Cuts a list of tensors into ranges of about a target size. Knows nothing of shards. */
final class Cut {
    /** Cuts fall on multiples of this within a tensor, a cache line of floats. */
    private static final int LINE = 16;

    private final int target;
    private final List<List<Span>> ranges = new ArrayList<>();
    private List<Span> open = new ArrayList<>();
    private int filled;

    private Cut(int target) {
        this.target = target;
    }

    /** The spans of each range, in the order of the tensors. A sparse one has ranges of its own, of whole rows. */
    static List<List<Span>> of(List<Parameter> tensors, int target) {
        Cut cut = new Cut(target);
        for (int i = 0; i < tensors.size(); i++) {
            if (tensors.get(i).sparse()) {
                cut.addRows(i, tensors.get(i));
            } else {
                cut.add(i, tensors.get(i).size());
            }
        }

        cut.finish();
        return cut.ranges;
    }

    private void add(int tensor, int size) {
        if ((long) filled + size > target) {
            finish();
        }

        if (size > target) {
            split(tensor, size);
        } else {
            open.add(new Span(tensor, 0, filled, size));
            filled += size;
        }
    }

    private void addRows(int tensor, Parameter rows) {
        finish();
        int count = rows.shape().get(0);
        int pieces = Math.min(count, ceil(rows.size(), target));
        split(tensor, rows.size(), ceil(count, pieces) * rows.rowWidth());
    }

    private void split(int tensor, int size) {
        int pieces = ceil(size, target);
        split(tensor, size, ceil(ceil(size, pieces), LINE) * LINE);
    }

    private void split(int tensor, int size, int length) {
        int from = 0;
        while (from < size) {
            int count = Math.min(length, size - from);
            ranges.add(List.of(new Span(tensor, from, 0, count)));
            from += count;
        }
    }

    private static int ceil(int value, int divisor) {
        return (value - 1) / divisor + 1;
    }

    private void finish() {
        if (!open.isEmpty()) {
            ranges.add(open);
            open = new ArrayList<>();
            filled = 0;
        }
    }
}

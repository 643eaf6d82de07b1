package dev.lockstep.params;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Which shard owns which range of the flat vectors; the only arithmetic of that kind. Immutable and thread-safe.
 *
 * <p>Cutting looks at the tensors alone: a tensor above {@value #TARGET} values is cut into equal ranges, smaller
 * neighbours share one, and a sparse tensor is cut between rows and shares with nobody. Dealing gives the ranges, last
 * one first because backward passes finish them in that order, each to the shard that has the fewest values so far. So
 * sums per range are the same bits whatever the number of shards.
 */
public final class Layout implements Serializable {
    /**
     * Values that a range aims at: 1 MiB, large enough to hide a frame's header, small enough to keep all shards busy.
     */
    static final int TARGET = 1 << 18;

    /** Values of a flat vector, which is one piece of memory of less than 2 GiB. */
    public static final int MOST_VALUES = 536_000_000;

    private final List<Parameter> parameters;
    private final List<Parameter> buffers;
    private final int shards;
    private final List<Range> ranges;
    private final int trainedRanges;

    private Layout(
            List<Parameter> parameters, List<Parameter> buffers, int shards, List<Range> ranges, int trainedRanges) {
        this.parameters = List.copyOf(parameters);
        this.buffers = List.copyOf(buffers);
        this.shards = shards;
        this.ranges = List.copyOf(ranges);
        this.trainedRanges = trainedRanges;
    }

    /** Cuts both vectors and deals the ranges over {@code shards}; more shards than ranges leave some without any. */
    public static Layout of(List<Parameter> parameters, List<Parameter> buffers, int shards) {
        return of(parameters, buffers, shards, TARGET);
    }

    /**
     * As {@link #of(List, List, int)}, with ranges of another size: at most {@code target} values, a multiple of 16.
     */
    public static Layout of(List<Parameter> parameters, List<Parameter> buffers, int shards, int target) {
        if (shards < 1 || target < 16 || target % 16 != 0) {
            throw new IllegalArgumentException(
                    "shards must be above 0 and target a multiple of 16: shards=" + shards + ", target=" + target);
        }
        if (parameters.isEmpty()) {
            throw new IllegalArgumentException("A layout needs parameters: parameters=0, buffers=" + buffers.size());
        }

        List<List<Span>> trained = Cut.of(parameters, target);
        List<List<Span>> cuts = new ArrayList<>(trained);
        cuts.addAll(Cut.of(buffers, target));
        return new Layout(parameters, buffers, shards, deal(cuts, trained.size(), shards), trained.size());
    }

    private static List<Range> deal(List<List<Span>> cuts, int trained, int shards) {
        int[] owners = new int[cuts.size()];
        long[] loads = new long[shards];
        for (int i = cuts.size() - 1; i >= 0; i--) {
            owners[i] = lightest(loads);
            loads[owners[i]] += count(cuts.get(i));
        }

        List<Range> ranges = new ArrayList<>();
        long start = 0;
        for (int i = 0; i < cuts.size(); i++) {
            start = i == trained ? 0 : start;
            int count = count(cuts.get(i));
            Range.Kind kind = i < trained ? Range.Kind.TRAINED : Range.Kind.BUFFER;
            ranges.add(new Range(i, owners[i], kind, (int) start, count, cuts.get(i)));
            start += count;
            if (start > MOST_VALUES) {
                throw new IllegalArgumentException("Network has too many values: "
                        + (i < trained ? "parameters" : "buffers") + " are more than " + MOST_VALUES);
            }
        }

        return ranges;
    }

    private static int lightest(long[] loads) {
        int lightest = 0;
        for (int shard = 1; shard < loads.length; shard++) {
            lightest = loads[shard] < loads[lightest] ? shard : lightest;
        }

        return lightest;
    }

    private static int count(List<Span> spans) {
        return spans.get(spans.size() - 1).end();
    }

    /** What is trained, in the order of the flat vector. */
    public List<Parameter> parameters() {
        return parameters;
    }

    /** What is kept but not trained, in the order of its own flat vector. */
    public List<Parameter> buffers() {
        return buffers;
    }

    public int shards() {
        return shards;
    }

    /** All ranges: those of the trained vector in order, then those of the buffers. */
    public List<Range> ranges() {
        return ranges;
    }

    public List<Range> trained() {
        return ranges.subList(0, trainedRanges);
    }

    public List<Range> bufferRanges() {
        return ranges.subList(trainedRanges, ranges.size());
    }

    /** What one shard owns, in order; empty if there are more shards than ranges. */
    public List<Range> ownedBy(int shard) {
        return ranges.stream().filter(range -> range.shard() == shard).toList();
    }

    /** Length of the trained flat vector. */
    public int valueCount() {
        return ranges.get(trainedRanges - 1).end();
    }

    /** Length of the flat vector of buffers. */
    public int bufferCount() {
        return trainedRanges == ranges.size()
                ? 0
                : ranges.get(ranges.size() - 1).end();
    }

    /** The tensor that a span belongs to. */
    public Parameter parameter(Range range, Span span) {
        return (range.trained() ? parameters : buffers).get(span.parameter());
    }

    /** Values per row, where a range's gradient is a list of rows; 0 where it is not. */
    public int rowWidth(Range range) {
        Parameter first = parameter(range, range.spans().get(0));
        return first.sparse() ? first.rowWidth() : 0;
    }

    /** Equal in two processes that mean the same tensors, cut and dealt alike. */
    public int fingerprint() {
        int hash = shards;
        for (Range range : ranges) {
            for (Span span : range.spans()) {
                Parameter parameter = parameter(range, span);
                int[] place = {range.shard(), span.from(), span.start(), span.count()};
                int tensor = 31
                                * (31 * parameter.name().hashCode()
                                        + parameter.shape().hashCode())
                        + Boolean.hashCode(parameter.sparse());
                hash = 31 * (31 * hash + tensor) + Arrays.hashCode(place);
            }
        }

        return hash;
    }
}

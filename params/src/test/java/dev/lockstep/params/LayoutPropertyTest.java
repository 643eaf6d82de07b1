package dev.lockstep.params;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.constraints.IntRange;

class LayoutPropertyTest {
    @Property
    void rangesCoverEveryValueExactlyOnce(
            @ForAll("tensors") List<Parameter> parameters,
            @ForAll("buffers") List<Parameter> buffers,
            @ForAll @IntRange(min = 1, max = 9) int shards) {
        Layout layout = Layout.of(parameters, buffers, shards);
        assertArrayEquals(ones(parameters), covered(layout.trained(), parameters));
        assertArrayEquals(ones(buffers), covered(layout.bufferRanges(), buffers));
        assertEquals(total(parameters), layout.valueCount());
        assertEquals(total(buffers), layout.bufferCount());
    }

    /** Counts how often each value is covered, by the place that the range and the span give it. */
    private static byte[] covered(List<Range> ranges, List<Parameter> tensors) {
        int[] starts = new int[tensors.size() + 1];
        for (int i = 0; i < tensors.size(); i++) {
            starts[i + 1] = starts[i] + tensors.get(i).size();
        }

        byte[] covered = new byte[starts[tensors.size()]];
        for (Range range : ranges) {
            for (Span span : range.spans()) {
                for (int i = 0; i < span.count(); i++) {
                    int place = range.start() + span.start() + i;
                    assertEquals(starts[span.parameter()] + span.from() + i, place);
                    covered[place]++;
                }
            }
        }

        return covered;
    }

    @Property
    void cuttingDoesNotDependOnTheNumberOfShards(
            @ForAll("tensors") List<Parameter> parameters, @ForAll @IntRange(min = 2, max = 9) int shards) {
        List<Range> one = Layout.of(parameters, List.of(), 1).ranges();
        List<Range> many = Layout.of(parameters, List.of(), shards).ranges();
        assertEquals(one.size(), many.size());
        for (int i = 0; i < one.size(); i++) {
            assertEquals(one.get(i).start(), many.get(i).start());
            assertEquals(one.get(i).spans(), many.get(i).spans());
        }
    }

    @Property
    void everyRangeIsWithinTheTargetAndOwnedOnce(
            @ForAll("tensors") List<Parameter> parameters, @ForAll @IntRange(min = 1, max = 9) int shards) {
        Layout layout = Layout.of(parameters, List.of(), shards);
        int owned = IntStream.range(0, shards)
                .map(shard -> layout.ownedBy(shard).size())
                .sum();
        assertEquals(layout.ranges().size(), owned);
        assertTrue(layout.ranges().stream().allMatch(range -> range.count() >= 1 && range.count() <= Layout.TARGET));
    }

    @Property
    void noShardHasMoreThanOneRangeMoreThanAnother(
            @ForAll("tensors") List<Parameter> parameters, @ForAll @IntRange(min = 1, max = 9) int shards) {
        Layout layout = Layout.of(parameters, List.of(), shards);
        int[] loads = IntStream.range(0, shards)
                .map(shard ->
                        layout.ownedBy(shard).stream().mapToInt(Range::count).sum())
                .sorted()
                .toArray();
        assertTrue(loads[shards - 1] - loads[0] <= Layout.TARGET);
        assertTrue(layout.ownedBy(0).size() > 0);
    }

    @Property
    void fingerprintTellsLayoutsApart(@ForAll("tensors") List<Parameter> parameters) {
        Layout layout = Layout.of(parameters, List.of(), 1);
        assertEquals(layout.fingerprint(), Layout.of(parameters, List.of(), 1).fingerprint());
        Parameter first = parameters.get(0);
        List<Parameter> renamed = new ArrayList<>(parameters);
        renamed.set(0, new Parameter(first.name() + "x", first.shape()));
        assertTrue(layout.fingerprint() != Layout.of(renamed, List.of(), 1).fingerprint());
    }

    @Provide
    Arbitrary<List<Parameter>> tensors() {
        Arbitrary<Integer> small = Arbitraries.integers().between(1, 3_000);
        Arbitrary<Integer> large = Arbitraries.integers().between(1, 5 * Layout.TARGET);
        Arbitrary<Integer> edge =
                Arbitraries.of(Layout.TARGET - 1, Layout.TARGET, Layout.TARGET + 1, 2 * Layout.TARGET + 1);
        return Arbitraries.frequencyOf(Tuple.of(4, small), Tuple.of(1, large), Tuple.of(1, edge))
                .map(size -> new Parameter("p" + size, List.of(size)))
                .list()
                .ofMinSize(1)
                .ofMaxSize(8);
    }

    @Provide
    Arbitrary<List<Parameter>> buffers() {
        return Arbitraries.integers()
                .between(1, 1_000)
                .map(size -> new Parameter("b" + size, List.of(size)))
                .list()
                .ofMaxSize(5);
    }

    private static byte[] ones(List<Parameter> tensors) {
        byte[] ones = new byte[total(tensors)];
        Arrays.fill(ones, (byte) 1);
        return ones;
    }

    private static int total(List<Parameter> tensors) {
        return tensors.stream().mapToInt(Parameter::size).sum();
    }
}

package dev.lockstep.params.client;

import dev.lockstep.params.Layout;
import dev.lockstep.params.Range;
import dev.lockstep.params.member.SharedAgent;
import dev.lockstep.params.shard.RangeContents;
import dev.lockstep.params.wire.Part;
import dev.lockstep.params.wire.WordBuffer;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;

/** What the shards keep, fetched by a worker between steps. */
final class ShardState {
    private final ShardTraffic traffic;
    private final Layout layout;
    private final SharedAgent shared;
    private final AgentWaiter waiter;

    ShardState(ShardTraffic traffic, Layout layout, SharedAgent shared, AgentWaiter waiter) {
        this.traffic = traffic;
        this.layout = layout;
        this.shared = shared;
        this.waiter = waiter;
    }

    private record Want(Range range, int part, WordBuffer into) {}

    /** All of a range. */
    RangeContents contents(int range) {
        Range of = layout.ranges().get(range);
        Counts counts = counts(of);
        float[] params = new float[of.count()];
        float[][] slots = new float[counts.slots()][of.count()];
        double[] scalars = new double[counts.scalars()];
        List<Want> wants = new ArrayList<>();
        wants.add(new Want(of, Part.PARAMS, WordBuffer.of(params)));
        wants.add(new Want(of, Part.SCALARS, WordBuffer.of(scalars)));
        for (int slot = 0; slot < slots.length; slot++) {
            wants.add(new Want(of, Part.slot(slot), WordBuffer.of(slots[slot])));
        }

        return new RangeContents(range, fetch(wants), params, slots, scalars);
    }

    double[] scalars(int range) {
        Range of = layout.ranges().get(range);
        double[] scalars = new double[counts(of).scalars()];
        if (scalars.length > 0) {
            fetch(List.of(new Want(of, Part.SCALARS, WordBuffer.of(scalars))));
        }

        return scalars;
    }

    /** The trained values as they should be evaluated. */
    void evaluated(FloatBuffer into) {
        fetch(layout.trained().stream()
                .map(range -> new Want(range, Part.EVALUATED, WordBuffer.of(into, range.start(), range.count())))
                .toList());
    }

    private record Counts(int slots, int scalars) {}

    private Counts counts(Range of) {
        double[] counts = new double[2];
        fetch(List.of(new Want(of, Part.COUNTS, WordBuffer.of(counts))));
        return new Counts((int) counts[0], (int) counts[1]);
    }

    /** Returns the step that the shard had applied. */
    private long fetch(List<Want> wants) {
        List<Fetch> fetches = shared.exclusively(() -> wants.stream()
                .map(want -> traffic.fetch(want.range(), want.part(), want.into()))
                .toList());
        waiter.until(traffic::isFetched, "State is incomplete");
        return fetches.get(0).step();
    }
}

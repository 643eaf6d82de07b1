package dev.lockstep.params.shard;

import dev.lockstep.optim.update.RangeState;
import dev.lockstep.optim.update.TensorPart;
import dev.lockstep.optim.update.UpdateRule;
import dev.lockstep.params.Layout;
import dev.lockstep.params.Range;
import dev.lockstep.params.wire.Part;
import dev.lockstep.params.wire.WordBuffer;
import java.util.List;

/**
 * One range as its shard keeps it: values, what the optimizer remembers, and the step that was applied last. One
 * thread.
 */
final class OwnedRange {
    private final Range range;
    private final List<TensorPart> parts;
    private final UpdateRule rule;
    private RangeState state;
    private RangeVectors vectors;
    private float[] params;
    private long step;

    OwnedRange(Range range, Layout layout, UpdateRule rule) {
        this.range = range;
        this.parts = parts(range, layout);
        this.rule = rule;
    }

    /** The tensors of a range as the update rule wants them. */
    static List<TensorPart> parts(Range range, Layout layout) {
        return range.spans().stream()
                .map(span -> new TensorPart(
                        span.parameter(), layout.parameter(range, span).name(), span.start(), span.count()))
                .toList();
    }

    Range range() {
        return range;
    }

    List<TensorPart> parts() {
        return parts;
    }

    /** First values: the optimizer begins afresh. */
    void load(float[] values, long atStep) {
        requireLength("params", values.length, range.count());
        this.params = values.clone();
        this.state = range.trained() ? rule.start(parts, params) : null;
        this.vectors = range.trained() && rule.lbfgs().isPresent() ? new RangeVectors(params.length) : null;
        this.step = atStep;
    }

    void load(RangeContents contents) {
        load(contents.params(), contents.step());
        if (vectors != null) {
            vectors.restore(contents.slots(), contents.scalars());
            return;
        }
        requireLength("slots", contents.slots().length, slotCount());
        for (int slot = 0; slot < slotCount(); slot++) {
            requireLength("slot " + slot, contents.slots()[slot].length, range.count());
            System.arraycopy(contents.slots()[slot], 0, state.slot(slot), 0, range.count());
        }

        if (state != null) {
            state.restoreScalars(contents.scalars());
        }
    }

    private void requireLength(String what, int length, int expected) {
        if (length != expected) {
            throw new IllegalArgumentException("State does not fit the range: range=" + range.index() + ", " + what
                    + "=" + length + ", expected=" + expected);
        }
    }

    boolean isLoaded() {
        return params != null;
    }

    /** The live values. */
    float[] params() {
        return params;
    }

    /** What the optimizer keeps; null for a range of buffers. */
    RangeState state() {
        return state;
    }

    /** What an L-BFGS step works with; null where shards move by themselves. */
    RangeVectors vectors() {
        return vectors;
    }

    long step() {
        return step;
    }

    void step(long applied) {
        this.step = applied;
    }

    float[] evaluated() {
        return state == null ? params : rule.evaluated(state);
    }

    private int slotCount() {
        if (vectors != null) {
            return vectors.count();
        }

        return state == null ? 0 : state.slotCount();
    }

    /** What a PULL asks for: values and slots live, the others copied; null if there is no such part. */
    WordBuffer part(int part) {
        if (part == Part.PARAMS) {
            return WordBuffer.of(params);
        }
        if (part == Part.EVALUATED) {
            return WordBuffer.of(evaluated());
        }
        if (part == Part.COUNTS) {
            return WordBuffer.of(new double[] {slotCount(), scalars().length});
        }
        if (part == Part.SCALARS) {
            return WordBuffer.of(scalars());
        }

        int slot = Part.slotOf(part);
        boolean known = slot >= 0 && slot < slotCount();
        return known ? WordBuffer.of(vectors == null ? state.slot(slot) : vectors.vector(slot)) : null;
    }

    private double[] scalars() {
        if (vectors != null) {
            return vectors.numbers();
        }

        return state == null ? new double[0] : state.scalars();
    }
}

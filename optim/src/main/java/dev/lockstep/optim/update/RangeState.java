package dev.lockstep.optim.update;

import dev.lockstep.optim.Rows;
import dev.lockstep.optim.Slice;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The parameters of one range and all that is remembered of them: what PyTorch's {@code optimizer.state_dict()} holds.
 * Made by {@link UpdateRule#start}; the arrays are live, one thread at a time.
 */
public final class RangeState {
    private final List<TensorPart> parts;
    private final int[] groups;
    private final boolean[] regularized;
    private final float[] params;
    private final float[][] slots;
    private final List<Slice> slices = new ArrayList<>();
    private final Rows[] rows;
    private int round;
    private int nonFinite = -1;
    private double squares;

    RangeState(List<TensorPart> parts, UpdateRule rule, float[] params) {
        this.parts = List.copyOf(parts);
        this.params = params;
        this.groups = parts.stream().mapToInt(part -> rule.groupOf(part.name())).toArray();
        this.regularized = new boolean[parts.size()];
        this.rows = new Rows[parts.size()];
        int slotCount = 0;
        for (int group : groups) {
            slotCount = Math.max(slotCount, rule.optimizer(group).slots().size());
        }

        requireFit();
        this.slots = new float[slotCount][params.length];
        for (int i = 0; i < groups.length; i++) {
            TensorPart part = parts.get(i);
            double[] scalars = new double[rule.optimizer(groups[i]).scalars().size()];
            regularized[i] = rule.regularization().covers(part.name());
            slices.add(new Slice(params, slots, scalars, part.start(), part.count()));
        }
    }

    private void requireFit() {
        int end = 0;
        for (TensorPart part : parts) {
            if (part.start() < end || part.end() > params.length) {
                throw new IllegalArgumentException("Parts of a range must follow one another and fit it: part=" + part
                        + ", previous end=" + end + ", range=" + params.length);
            }

            end = part.end();
        }
    }

    public List<TensorPart> parts() {
        return parts;
    }

    /** The live parameters. */
    public float[] params() {
        return params;
    }

    /** How many slots the most demanding of the range's groups keeps. Others leave their values at 0. */
    public int slotCount() {
        return slots.length;
    }

    /**
     * One live slot, index by index beside the parameters. What it means at a part, its optimizer's {@code slots()}
     * say.
     */
    public float[] slot(int index) {
        return slots[index];
    }

    /** A copy of the scalars (step counts and the like), part after part. */
    public double[] scalars() {
        return slices.stream()
                .flatMapToDouble(slice -> Arrays.stream(slice.scalars()))
                .toArray();
    }

    /**
     * Puts scalars back that {@link #scalars()} gave.
     *
     * @throws IllegalArgumentException if they are not as many
     */
    public void restoreScalars(double[] values) {
        int expected = slices.stream().mapToInt(slice -> slice.scalars().length).sum();
        if (values.length != expected) {
            throw new IllegalArgumentException(
                    "Scalars do not fit the range: scalars=" + values.length + ", expected=" + expected);
        }

        int from = 0;
        for (Slice slice : slices) {
            System.arraycopy(values, from, slice.scalars(), 0, slice.scalars().length);
            from += slice.scalars().length;
        }
    }

    /**
     * Says which rows of a part the coming step's gradient touches; elsewhere it must be 0. Holds for one step.
     *
     * @throws IllegalArgumentException if the part does not consist of such rows
     */
    public void touch(int part, Rows touched) {
        int count = parts.get(part).count();
        int last = touched.count() == 0 ? -1 : touched.index(touched.count() - 1);
        if (count % touched.width() != 0 || last >= count / touched.width()) {
            throw new IllegalArgumentException("Rows do not fit the tensor: tensor="
                    + parts.get(part).name() + ", count=" + count + ", width=" + touched.width() + ", last=" + last);
        }

        rows[part] = touched;
    }

    /**
     * Forgets the rounds and rows of a step that will not be finished. Parameters and state are as before that step.
     */
    public void abandon() {
        round = 0;
        Arrays.fill(rows, null);
    }

    int group(int part) {
        return groups[part];
    }

    boolean regularized(int part) {
        return regularized[part];
    }

    /** The rows that the step touches; empty for all. */
    Optional<Rows> rows(int part) {
        return Optional.ofNullable(rows[part]);
    }

    /** A run of a part's values, from the first to the one after the last, as indices in the range's arrays. */
    @FunctionalInterface
    interface Run {
        void take(int start, int end);
    }

    /** The values of a part that the step's gradient touches: all of them, or row by row. */
    void eachRun(int part, Run run) {
        TensorPart of = parts.get(part);
        Rows touched = rows[part];
        if (touched == null) {
            run.take(of.start(), of.end());
            return;
        }

        for (int row = 0; row < touched.count(); row++) {
            int start = of.start() + touched.index(row) * touched.width();
            run.take(start, start + touched.width());
        }
    }

    Slice slice(int part) {
        return slices.get(part);
    }

    /**
     * Notes that a round begins, with the sums of those before. Refuses one out of turn, because the gradient would be
     * regularised or clipped twice.
     */
    void enter(int next, float[] gradient, int totals) {
        if (next != round || totals != round) {
            throw new IllegalStateException("Rounds of a step must follow one another: round=" + next + ", totals="
                    + totals + ", expected=" + round);
        }
        if (gradient.length != params.length) {
            throw new IllegalArgumentException(
                    "Gradient does not fit the range: gradient=" + gradient.length + ", range=" + params.length);
        }

        squares = next == 0 ? 0 : squares;
        round++;
    }

    void addSquares(double ofSome) {
        squares += ofSome;
    }

    /**
     * The sum of the squares of the last step's gradient, regularised and not yet clipped; not finite where that is
     * not.
     */
    public double gradientSquares() {
        return squares;
    }

    /** Notes the tensor that makes this step impossible; -1 for none. */
    void found(int tensor) {
        nonFinite = tensor;
    }

    int nonFinite() {
        return nonFinite;
    }
}

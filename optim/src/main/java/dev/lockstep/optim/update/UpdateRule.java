package dev.lockstep.optim.update;

import dev.lockstep.optim.Optimizer;
import dev.lockstep.optim.RowOptimizer;
import dev.lockstep.optim.Rows;
import dev.lockstep.optim.Slice;
import dev.lockstep.optim.lbfgs.Lbfgs;
import dev.lockstep.optim.schedule.NoSchedule;
import dev.lockstep.optim.schedule.Progress;
import dev.lockstep.optim.schedule.Schedule;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * What a shard does with the averaged gradient of a step. Immutable and thread-safe; what changes is in the
 * {@link RangeState}s.
 *
 * <p>For every range and step, in this order:
 *
 * <pre>
 *   for each of rounds():  measure(round, ...) of every range; the partials of all ranges meet; total(round, ...)
 *   apply(...)
 * </pre>
 *
 * <p>Partials are per part of a range and are added in the ranges' order. So the sums do not depend, bit for bit, on
 * which shard owns which range, as long as the ranges are cut the same way. The order within a step is PyTorch's:
 * regularisation is part of the objective, then clipping, then the optimizer with its weight decay.
 *
 * @param groups the first whose pattern matches a parameter's name takes it
 */
public record UpdateRule(
        List<ParamGroup> groups, Regularization regularization, Clip clip, Schedule schedule, NonFinite nonFinite)
        implements Serializable {
    private static final double[] NO_SUMS = {};

    public UpdateRule {
        groups = List.copyOf(groups);
        if (groups.isEmpty()) {
            throw new IllegalArgumentException("A rule needs at least one parameter group: groups=0");
        }
        schedule.requireReady(groups.size());
        if (groups.stream().anyMatch(group -> group.optimizer() instanceof Lbfgs)) {
            Lbfgs.requireOneGroup(groups.size());
            requireAlone(clip, nonFinite);
        }
        for (int group = 0; group < groups.size(); group++) {
            Optimizer optimizer = groups.get(group).optimizer();
            schedule.momentum(group, new Progress(0, 1)).ifPresent(optimizer::withMomentum);
        }
    }

    private static void requireAlone(Clip clip, NonFinite nonFinite) {
        if (!(clip instanceof NoClip) || nonFinite == NonFinite.SKIP) {
            throw new IllegalArgumentException("L-BFGS needs gradients as they are, neither clipped nor skipped: clip="
                    + clip + ", nonFinite=" + nonFinite);
        }
    }

    /** One optimizer for all parameters, and nothing else. */
    public static UpdateRule of(Optimizer optimizer) {
        return new UpdateRule(
                List.of(new ParamGroup("*", optimizer)),
                Regularization.NONE,
                new NoClip(),
                new NoSchedule(),
                NonFinite.STOP);
    }

    /**
     * The index of the group that a parameter belongs to.
     *
     * @throws IllegalArgumentException if no pattern matches
     */
    public int groupOf(String name) {
        for (int group = 0; group < groups.size(); group++) {
            if (groups.get(group).pattern().matches(name)) {
                return group;
            }
        }

        throw new IllegalArgumentException("Parameter belongs to no group: parameter=" + name + ", patterns="
                + groups.stream().map(ParamGroup::pattern).toList());
    }

    /**
     * Refuses an optimizer that cannot take a parameter's gradient, as PyTorch's refuse it.
     *
     * @param sparse whether the gradient is a list of rows
     * @throws IllegalArgumentException that names the parameter
     */
    public void requireFit(String parameter, boolean sparse) {
        Optimizer optimizer = optimizer(groupOf(parameter));
        String name = optimizer.getClass().getSimpleName();
        if (!sparse) {
            if (optimizer instanceof RowOptimizer rows && !rows.takesDense()) {
                throw new IllegalArgumentException(name + " does not support dense gradients, consider Adam: parameter="
                        + parameter + ". Those of an embedding are sparse with sparse: true");
            }
            return;
        }
        if (!(optimizer instanceof RowOptimizer rows)) {
            throw new IllegalArgumentException(
                    name + " does not support sparse gradients, consider SparseAdam: parameter=" + parameter);
        }
        rows.requireRows();
        if (regularization.covers(parameter)) {
            throw new IllegalArgumentException(
                    "Regularization moves every row of a sparse parameter; its pattern must leave it out: parameter="
                            + parameter + ", pattern=" + regularization.pattern());
        }
    }

    /**
     * L-BFGS, if that is what moves all parameters: then worker 0 commands every step and {@link #apply} is not called.
     */
    public Optional<Lbfgs> lbfgs() {
        return optimizer(0) instanceof Lbfgs lbfgs ? Optional.of(lbfgs) : Optional.empty();
    }

    /** Adds the gradient of Reg in Obj = Cost + Reg to one that is not going to be given to {@link #apply}. */
    public void regularize(RangeState range, float[] gradient) {
        preparation().regularize(range, gradient);
    }

    /** The optimizer of a group, with the settings it was given. */
    public Optimizer optimizer(int group) {
        return groups.get(group).optimizer();
    }

    /** The learning rate of a group at an update. */
    public double lr(int group, Progress at) {
        return schedule.lr(group, optimizer(group).lr(), at);
    }

    Optimizer optimizer(int group, Progress at) {
        Optimizer given = optimizer(group);
        return schedule.momentum(group, at).stream()
                .mapToObj(given::withMomentum)
                .findFirst()
                .orElse(given);
    }

    /** The state of a range before its first step. Keeps {@code params}, which the steps will change. */
    public RangeState start(List<TensorPart> parts, float[] params) {
        RangeState range = new RangeState(parts, this, params);
        for (int part = 0; part < parts.size(); part++) {
            optimizer(range.group(part)).start(range.slice(part));
        }

        return range;
    }

    /** How many times partial sums must be exchanged before {@link #apply}: 0, 1 or 2. */
    public int rounds() {
        return allRounds().size();
    }

    /** How many sums a round makes per part of a range: {@link #measure} gives that many for each. */
    public int width(int round) {
        return allRounds().get(round).width();
    }

    /**
     * One range's part of the sums of a round, some values for each part of the range. Changes the gradient
     * (regularisation, clipping) but neither parameters nor state.
     *
     * @param gradient averaged over the batch, as long as the range's parameters; the same array through all rounds and
     *     apply
     * @param totals of the rounds before
     * @throws IllegalStateException if it is not this round's turn
     */
    public double[] measure(int round, RangeState range, float[] gradient, List<Totals> totals, Progress at) {
        preparation().begin(round, range, gradient, totals);
        Round sums = allRounds().get(round);
        int width = sums.width();
        double[] partials = new double[range.parts().size() * width];
        double[] ofPart = new double[width];
        for (int part = 0; part < range.parts().size(); part++) {
            Arrays.fill(ofPart, 0);
            sums.measure(range, part, gradient, at, ofPart);
            System.arraycopy(ofPart, 0, partials, part * width, width);
        }

        return partials;
    }

    /**
     * Adds up what all ranges measured.
     *
     * @param ranges the parts of every range, in the ranges' order
     * @param partials of every range, in the same order
     */
    public Totals total(int round, List<List<TensorPart>> ranges, List<double[]> partials) {
        return Totals.of(allRounds().get(round), ranges, partials);
    }

    /**
     * Makes the step: changes the range's parameters and state, unless the gradient is not finite.
     *
     * @param totals of all rounds, in order
     */
    public Outcome apply(RangeState range, float[] gradient, List<Totals> totals, Progress at) {
        return apply(range, gradient, totals, at, (start, end) -> {});
    }

    /** As {@link #apply(RangeState, float[], List, Progress)}, and tells of what it has changed. */
    public Outcome apply(RangeState range, float[] gradient, List<Totals> totals, Progress at, Changes changes) {
        preparation().begin(rounds(), range, gradient, totals);
        if (range.nonFinite() < 0) {
            for (int part = 0; part < range.parts().size(); part++) {
                update(range, part, gradient, totals, at, changes);
            }
        }

        range.abandon();
        return range.nonFinite() < 0 ? Outcome.APPLIED : Outcome.of(nonFinite, range.nonFinite());
    }

    private void update(
            RangeState range, int part, float[] gradient, List<Totals> totals, Progress at, Changes changes) {
        int group = range.group(part);
        Slice slice = range.slice(part);
        double lr = lr(group, at);
        Optimizer optimizer = optimizer(group, at);
        Optional<Rows> rows = range.rows(part);
        if (rows.isPresent() && optimizer instanceof RowOptimizer sparing) {
            sparing.updateRows(slice, gradient, rows.get(), lr);
            changes.changed(slice.start(), slice.end());
            return;
        }

        double[] sums = optimizer.sums() == 0
                ? NO_SUMS
                : totals.get(totals.size() - 1).of(range.parts().get(part).tensor());
        slice.eachPiece(piece -> {
            optimizer.update(piece, gradient, lr, sums);
            changes.changed(piece.start(), piece.end());
        });
    }

    private Preparation preparation() {
        return new Preparation(regularization, clip, gradientRound());
    }

    private Optional<GradientRound> gradientRound() {
        return clip.norm().isPresent() || nonFinite == NonFinite.SKIP
                ? Optional.of(new GradientRound(clip.norm()))
                : Optional.empty();
    }

    private List<Round> allRounds() {
        int sums = groups.stream()
                .mapToInt(group -> group.optimizer().sums())
                .max()
                .orElse(0);
        List<Round> rounds = new ArrayList<>();
        gradientRound().ifPresent(rounds::add);
        if (sums > 0) {
            rounds.add(new OptimizerRound(this, sums));
        }

        return rounds;
    }

    /** Whether an optimizer keeps averages, so that {@link #evaluated} differs from the parameters. */
    public boolean averages() {
        return groups.stream().anyMatch(group -> group.optimizer().averageSlot().isPresent());
    }

    /** A copy of the parameters as they should be evaluated: averaged where the optimizer keeps averages. */
    public float[] evaluated(RangeState range) {
        float[] params = range.params().clone();
        for (int part = 0; part < range.parts().size(); part++) {
            TensorPart of = range.parts().get(part);
            optimizer(range.group(part))
                    .averageSlot()
                    .ifPresent(slot -> System.arraycopy(range.slot(slot), of.start(), params, of.start(), of.count()));
        }

        return params;
    }
}

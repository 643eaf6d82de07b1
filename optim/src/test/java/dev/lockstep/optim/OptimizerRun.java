package dev.lockstep.optim;

import java.util.ArrayList;
import java.util.List;

/** One tensor under an optimizer, in one slice or cut into several, as shards would run it. */
final class OptimizerRun {
    private final Optimizer optimizer;
    private final float[] params;
    private final float[][] slots;
    private final List<Slice> slices = new ArrayList<>();

    /** @param bounds where slices begin, and at last where the last one ends */
    OptimizerRun(Optimizer optimizer, float[] values, int... bounds) {
        this.optimizer = optimizer;
        this.params = values.clone();
        this.slots = new float[optimizer.slots().size()][values.length];
        for (int i = 0; i < bounds.length - 1; i++) {
            double[] scalars = new double[optimizer.scalars().size()];
            slices.add(new Slice(params, slots, scalars, bounds[i], bounds[i + 1] - bounds[i]));
            optimizer.start(slices.get(i));
        }
    }

    /** Sums over the tensor from partials of fixed pieces, whatever the slices. */
    double[] sums(float[] gradient, int... pieces) {
        double[] sums = new double[optimizer.sums()];
        for (int i = 0; sums.length > 0 && i < pieces.length - 1; i++) {
            Slice first = slices.get(0);
            Slice piece = new Slice(params, slots, first.scalars(), pieces[i], pieces[i + 1] - pieces[i]);
            optimizer.measure(piece, gradient, optimizer.lr(), sums);
        }

        return sums;
    }

    void step(float[] gradient, double lr, double... sums) {
        slices.forEach(slice -> optimizer.update(slice, gradient, lr, sums));
    }

    void step(float[] gradient) {
        step(
                gradient,
                optimizer.lr(),
                sums(
                        gradient,
                        slices.get(0).start(),
                        slices.get(slices.size() - 1).end()));
    }

    float[] params() {
        return params;
    }

    float[][] slots() {
        return slots;
    }

    double[] scalars() {
        return slices.get(0).scalars();
    }
}

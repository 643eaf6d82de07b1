package dev.lockstep.optim.update;

import java.util.List;
import java.util.Optional;

/**
 * What happens to a range's gradient before an optimizer sees it: regularised, looked at for NaN and infinity, clipped,
 * in this order.
 */
record Preparation(Regularization regularization, Clip clip, Optional<GradientRound> gradientRound) {
    /** Does what is due when a round begins, or at last the update. */
    void begin(int round, RangeState range, float[] gradient, List<Totals> totals) {
        range.enter(round, gradient, totals.size());
        if (round == 0) {
            regularize(range, gradient);
            range.found(gradientRound.isPresent() ? -1 : lastNonFinite(range, gradient));
        }
        if (round == 0 && gradientRound.isEmpty()) {
            clip(range, gradient, totals);
        }
        if (round == 1 && gradientRound.isPresent()) {
            range.found(GradientRound.lastNonFinite(totals.get(0)));
            clip(range, gradient, totals);
        }
    }

    void regularize(RangeState range, float[] gradient) {
        for (int part = 0; part < range.parts().size(); part++) {
            if (range.regularized(part)) {
                TensorPart of = range.parts().get(part);
                regularization.addGradient(range.params(), gradient, of.start(), of.end());
            }
        }
    }

    private static int lastNonFinite(RangeState range, float[] gradient) {
        int[] last = {-1};
        for (int part = 0; part < range.parts().size(); part++) {
            int tensor = range.parts().get(part).tensor();
            range.eachRun(part, (start, end) -> {
                double squares = Squares.of(gradient, start, end);
                range.addSquares(squares);
                if (!Double.isFinite(squares)) {
                    last[0] = Math.max(last[0], tensor);
                }
            });
        }

        return last[0];
    }

    private void clip(RangeState range, float[] gradient, List<Totals> totals) {
        if (range.nonFinite() >= 0) {
            return;
        }

        boolean byTensor = clip.norm().isPresent() && !clip.global();
        double norm = clip.global() ? gradientRound.orElseThrow().globalNorm(totals.get(0)) : Double.NaN;
        for (int part = 0; part < range.parts().size(); part++) {
            int tensor = range.parts().get(part).tensor();
            double limited = byTensor ? gradientRound.orElseThrow().tensorNorm(totals.get(0), tensor) : norm;
            range.eachRun(part, (start, end) -> clip.clip(gradient, start, end, limited));
        }
    }
}

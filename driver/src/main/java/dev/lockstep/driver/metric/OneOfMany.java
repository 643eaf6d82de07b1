package dev.lockstep.driver.metric;

import dev.lockstep.losses.CrossEntropy;
import dev.lockstep.losses.Loss;
import dev.lockstep.losses.Nll;
import dev.lockstep.losses.Tensor;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;

/**
 * Classes of which one is right: the one with the largest score is said, or of a single score class 1 above the
 * threshold and class 0 else. Where a score is NaN no class is said.
 *
 * @param said class at each position; {@link Scores#NONE} for none
 * @param actual class at each position; {@link Scores#NONE} where the loss leaves it out
 */
record OneOfMany(int classes, int[] said, int[] actual) implements Decisions {
    static OneOfMany of(LabeledPredictions outcome, Scores scores, double threshold) {
        boolean single = scores.columns() == 1 && outcome.meaning() != Meaning.CLASSES;
        int[] said = each(scores, single ? p -> side(scores.at(p, 0), threshold) : scores::largest);
        return new OneOfMany(single ? 2 : scores.columns(), said, each(scores, actual(outcome, single)));
    }

    private static int[] each(Scores scores, IntUnaryOperator classAt) {
        return IntStream.range(0, scores.positions()).map(classAt).toArray();
    }

    private static int side(double score, double threshold) {
        return Double.isNaN(score) ? Scores.NONE : score > threshold ? 1 : 0;
    }

    private static IntUnaryOperator actual(LabeledPredictions outcome, boolean single) {
        Tensor targets = outcome.targets();
        if (targets.holdsIndices()) {
            int ignored = ignored(outcome.loss());
            return p -> targets.data()[p] == ignored ? Scores.NONE : (int) targets.data()[p];
        }
        return single ? p -> targets.data()[p] > 0.5 ? 1 : 0 : Scores.of(targets)::largest;
    }

    private static int ignored(Loss loss) {
        if (loss instanceof CrossEntropy entropy) {
            return entropy.ignoreIndex();
        }
        return loss instanceof Nll nll ? nll.ignoreIndex() : Scores.NONE;
    }

    @Override
    public int positions() {
        return said.length;
    }

    @Override
    public boolean ignores(int position) {
        return actual[position] == Scores.NONE;
    }

    @Override
    public boolean says(int position, int c) {
        return said[position] == c;
    }

    @Override
    public boolean holds(int position, int c) {
        return actual[position] == c;
    }
}

package dev.lockstep.driver.metric;

import dev.lockstep.losses.Loss;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * How often each class was taken for each: sklearn's {@code confusion_matrix} over all classes of the network. Rows are
 * the classes that are right, columns those that were said; positions at which none was said are left out.
 *
 * @param threshold above which a single value means class 1; null for what suits the loss, as for {@link Accuracy}
 */
public record ConfusionMatrix(Double threshold) implements MetricTable {
    private static final int MOST_CLASSES = 1000;

    public ConfusionMatrix() {
        this(null);
    }

    @Override
    public void requireFits(Loss loss, int columns) {
        Fit fit = Fit.of(this, loss, columns).requireClasses();
        fit.require(fit.classes() > 0, "needs classes that exclude one another");
        fit.require(fit.classes() <= MOST_CLASSES, "needs at most " + MOST_CLASSES + " classes");
    }

    @Override
    public double[] add(double[] state, LabeledPredictions outcome) {
        double limit = threshold == null ? outcome.meaning().threshold() : threshold;
        OneOfMany decisions = OneOfMany.of(outcome, Scores.of(outcome.predictions()), limit);
        int classes = decisions.classes();
        double[] counts = state.length == 0 ? new double[classes * classes] : state;

        for (int position = 0; position < decisions.positions(); position++) {
            int said = decisions.said()[position];
            if (said != Scores.NONE && !decisions.ignores(position)) {
                counts[decisions.actual()[position] * classes + said] +=
                        outcome.weight(position, decisions.positions());
            }
        }
        return counts;
    }

    @Override
    public List<List<Double>> rows(double[] state) {
        int classes = (int) Math.sqrt(state.length);
        List<List<Double>> rows = new ArrayList<>();
        for (int row = 0; row < classes; row++) {
            rows.add(Arrays.stream(state, row * classes, (row + 1) * classes)
                    .boxed()
                    .toList());
        }

        return rows;
    }
}

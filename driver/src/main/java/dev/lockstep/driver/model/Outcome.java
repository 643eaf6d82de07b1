package dev.lockstep.driver.model;

import dev.lockstep.driver.job.ModelFile;
import dev.lockstep.losses.PredictionKind;
import java.io.Serializable;
import java.util.List;

/**
 * What the numbers that a network gives for one example stand for, which its loss knows:
 *
 * <pre>
 *   scores of classes            softmax: their probabilities
 *   a score of yes or no         σ: the probability of yes
 *   logarithms                   exp
 *   else                         the numbers as they are
 * </pre>
 *
 * Immutable.
 *
 * @param width numbers of one example
 * @param classes how many classes they tell apart; 0 where they are estimates, or classes of several places
 * @param kind of the numbers
 */
record Outcome(int width, int classes, int extent, PredictionKind kind) implements Serializable {

    static Outcome of(ModelFile file, List<Integer> outputShape) {
        int groups = Math.max(1, file.features().groups().size());
        int width = outputShape.stream().reduce(groups, Math::multiplyExact);
        int extent = outputShape.isEmpty() ? 1 : outputShape.get(0);
        PredictionKind kind = file.loss().predictionKind();
        boolean scored = outputShape.size() == 1 && extent >= file.classes() && isOfClasses(kind);
        boolean twoSided = width == 1 && file.classes() == 2;
        return new Outcome(width, scored || twoSided ? file.classes() : 0, extent, kind);
    }

    private static boolean isOfClasses(PredictionKind kind) {
        return switch (kind) {
            case CLASS_LOGITS, CLASS_LOG_PROBABILITIES, CLASS_SCORES -> true;
            default -> false;
        };
    }

    /** Whether one number tells two classes apart. */
    boolean twoSided() {
        return classes == 2 && width == 1;
    }

    /** How many numbers {@link #raw} and {@link #values} have. */
    int columns() {
        return twoSided() ? 2 : width;
    }

    /** Whether there is one class, or one number, that is predicted. */
    boolean single() {
        return classes > 0 || width == 1 || (kind == PredictionKind.NUMBERS_AND_VARIANCES && width == 2);
    }

    /** The network's own numbers; where one tells two classes apart, the score of each. */
    double[] raw(double[] from, int start) {
        if (twoSided()) {
            double score = from[start];
            return kind == PredictionKind.PROBABILITIES
                    ? new double[] {1 - score, score}
                    : new double[] {-score, score};
        }
        double[] raw = new double[width];
        System.arraycopy(from, start, raw, 0, width);
        return raw;
    }

    /** What the numbers stand for. */
    double[] values(double[] from, int start) {
        if (twoSided()) {
            double yes = kind == PredictionKind.LOGITS ? sigmoid(from[start]) : from[start];
            return kind == PredictionKind.LOGITS || kind == PredictionKind.PROBABILITIES
                    ? new double[] {1 - yes, yes}
                    : raw(from, start);
        }
        double[] values = raw(from, start);
        switch (kind) {
            case CLASS_LOGITS -> softmax(values, extent);
            case CLASS_LOG_PROBABILITIES, SEQUENCE_LOG_PROBABILITIES, LOGARITHMS -> exp(values);
            case LOGITS -> sigmoid(values);
            default -> {
                // They stand for themselves.
            }
        }
        return values;
    }

    /**
     * The number of the class, or the number that is estimated.
     *
     * @param values as {@link #values} gives them
     * @param thresholds empty, or one for each class
     */
    double prediction(double[] values, List<Double> thresholds) {
        if (classes == 0) {
            return values[0];
        }
        int best = 0;
        double most = Double.NEGATIVE_INFINITY;
        for (int i = 0; i < values.length; i++) {
            double scaled = thresholds.isEmpty() ? values[i] : scaled(values[i], thresholds.get(i));
            if (scaled > most) {
                most = scaled;
                best = i;
            }
        }
        return best;
    }

    private static double scaled(double value, double threshold) {
        return threshold == 0 ? Double.POSITIVE_INFINITY : value / threshold;
    }

    /** Over the first of the prediction's extents. */
    private static void softmax(double[] values, int classes) {
        int inner = values.length / classes;
        for (int place = 0; place < inner; place++) {
            double most = Double.NEGATIVE_INFINITY;
            for (int i = place; i < values.length; i += inner) {
                most = Math.max(most, values[i]);
            }
            double sum = 0;
            for (int i = place; i < values.length; i += inner) {
                values[i] = Math.exp(values[i] - most);
                sum += values[i];
            }
            for (int i = place; i < values.length; i += inner) {
                values[i] /= sum;
            }
        }
    }

    private static void exp(double[] values) {
        for (int i = 0; i < values.length; i++) {
            values[i] = Math.exp(values[i]);
        }
    }

    private static void sigmoid(double[] values) {
        for (int i = 0; i < values.length; i++) {
            values[i] = sigmoid(values[i]);
        }
    }

    private static double sigmoid(double x) {
        return 1 / (1 + Math.exp(-x));
    }
}

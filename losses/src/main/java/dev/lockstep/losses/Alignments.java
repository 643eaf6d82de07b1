package dev.lockstep.losses;

import static java.lang.Double.NEGATIVE_INFINITY;

import java.util.Arrays;

/**
 * The alignments of one sequence after another with its labels, added up by Graves's forward and backward recursion.
 *
 * <pre>
 *   states s: blank, label 1, blank, label 2, …, blank
 *   forward(t, s)  = e(t, s) + log Σ exp forward(t − 1, s')                      s' ∈ {s, s − 1, s − 2}
 *   backward(t, s) = log Σ exp (e(t + 1, s') + backward(t + 1, s'))              s' ∈ {s, s + 1, s + 2}
 *   posterior(t, s) = exp(forward(t, s) + backward(t, s) − log likelihood)
 * </pre>
 *
 * e is the log-probability of the state's class. Two states on is allowed only to a label that differs from the one
 * before. States that cannot be reached by t, or cannot reach the end from t, are left out. The arrays are made once
 * for all sequences.
 */
final class Alignments {
    private final Sequences sequences;
    private final int[] path;
    private final boolean[] skips;
    private final double[] emissions;
    private final double[] forward;
    private final double[] backward;
    private final double[] arriving;
    private final double[] posterior;
    private final double[] logProbs;
    private final Exponentials probabilities;
    private int sequence;
    private int steps;
    private int states;
    private double value;

    Alignments(Sequences sequences) {
        int mostStates = 2 * Arrays.stream(sequences.labelCounts).max().orElse(0) + 1;
        int mostSteps = Arrays.stream(sequences.steps).max().orElse(0);
        this.sequences = sequences;
        this.path = new int[mostStates];
        this.skips = new boolean[mostStates + 2];
        this.emissions = new double[Math.multiplyExact(mostSteps, mostStates)];
        this.forward = new double[mostSteps * mostStates];
        this.backward = new double[mostStates];
        this.arriving = new double[mostStates + 2];
        this.posterior = new double[sequences.classes];
        this.logProbs = new double[sequences.classes];
        this.probabilities = new Exponentials(sequences.classes);
    }

    /** The negative log-likelihood of a sequence's labels; infinite if they do not fit into its steps. */
    double value(int number) {
        sequence = number;
        steps = sequences.steps[number];
        states = 2 * sequences.labelCounts[number] + 1;
        layPath();
        readEmissions();
        if (steps == 0) {
            value = states == 1 ? 0 : Double.POSITIVE_INFINITY;
            return value;
        }

        runForward();
        int last = steps * states - 1;
        value = -logSum(forward[last], states == 1 ? NEGATIVE_INFINITY : forward[last - 1], NEGATIVE_INFINITY);
        return value;
    }

    private void layPath() {
        int start = sequences.labelStarts[sequence];
        Arrays.fill(skips, false);
        for (int s = 0; s < states; s++) {
            path[s] = s % 2 == 0 ? sequences.blank : (int) sequences.labels[start + s / 2];
            skips[s] = s % 2 == 1 && s > 1 && path[s] != path[s - 2];
        }
    }

    /** Where the log-probabilities of one step are. */
    private int offset(int step) {
        return (step * sequences.count + sequence) * sequences.classes;
    }

    private void readEmissions() {
        for (int t = 0; t < steps; t++) {
            int offset = offset(t);
            for (int s = 0; s < states; s++) {
                emissions[t * states + s] = sequences.logProbs[offset + path[s]];
            }
        }
    }

    private int first(int step) {
        return Math.max(0, states - 2 * (steps - step));
    }

    private int last(int step) {
        return Math.min(states - 1, 2 * step + 1);
    }

    private void runForward() {
        Arrays.fill(forward, 0, steps * states, NEGATIVE_INFINITY);
        for (int s = first(0); s <= last(0); s++) {
            forward[s] = emissions[s];
        }
        for (int t = 1; t < steps; t++) {
            int now = t * states;
            int before = now - states;
            for (int s = first(t); s <= last(t); s++) {
                double stay = forward[before + s];
                double next = s > 0 ? forward[before + s - 1] : NEGATIVE_INFINITY;
                double skip = skips[s] ? forward[before + s - 2] : NEGATIVE_INFINITY;
                forward[now + s] = emissions[now + s] + logSum(stay, next, skip);
            }
        }
    }

    /** Writes the derivative of the last {@link #value}, multiplied; NaN where there is no alignment. */
    void writeSlopes(double upstream, double[] gradient) {
        if (value == Double.POSITIVE_INFINITY) {
            for (int t = 0; t < steps; t++) {
                Arrays.fill(gradient, offset(t), offset(t) + sequences.classes, Double.NaN);
            }
            return;
        }

        Arrays.fill(arriving, NEGATIVE_INFINITY);
        for (int t = steps - 1; t >= 0; t--) {
            runBackward(t);
            gatherPosterior(t);
            System.arraycopy(sequences.logProbs, offset(t), logProbs, 0, logProbs.length);
            probabilities.compute(logProbs, logProbs.length);
            for (int c = 0; c < posterior.length; c++) {
                gradient[offset(t) + c] = upstream * (probabilities.exps[c] - posterior[c]);
            }
        }
    }

    /** Fills {@code backward} at one step, and then {@code arriving} with it and that step's emissions. */
    private void runBackward(int step) {
        for (int s = 0; s < states; s++) {
            double skip = skips[s + 2] ? arriving[s + 2] : NEGATIVE_INFINITY;
            backward[s] = step == steps - 1
                    ? (s >= states - 2 ? 0 : NEGATIVE_INFINITY)
                    : logSum(arriving[s], arriving[s + 1], skip);
        }
        for (int s = 0; s < states; s++) {
            arriving[s] = backward[s] + emissions[step * states + s];
        }
    }

    private void gatherPosterior(int step) {
        Arrays.fill(posterior, 0);
        for (int s = first(step); s <= last(step); s++) {
            posterior[path[s]] += Math.exp(forward[step * states + s] + backward[s] + value);
        }
    }

    /** log(exp a + exp b + exp c) without overflow. */
    private static double logSum(double a, double b, double c) {
        double max = Math.max(a, Math.max(b, c));
        if (max == NEGATIVE_INFINITY) {
            return max;
        }

        double sum = (a == max ? 1 : Math.exp(a - max))
                + (b == max ? 1 : Math.exp(b - max))
                + (c == max ? 1 : Math.exp(c - max));
        return max + Math.log(sum);
    }
}

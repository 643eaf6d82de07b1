package dev.lockstep.driver.metric;

/**
 * Counts of each class, and the ratios made of them. A state has four numbers for each class that counts: how often it
 * was said rightly, said, right, and listed, which is how often it counted at all.
 */
final class ClassCounts {
    private static final int HITS = 0;
    private static final int SAID = 1;
    private static final int RIGHT = 2;
    private static final int LISTED = 3;
    private static final int FIELDS = 4;

    private ClassCounts() {}

    /** 0 where nothing counted, as sklearn has it. */
    static double ratio(double part, double whole) {
        return whole == 0 ? 0 : part / whole;
    }

    static void requireFits(Fit fit, Average average) {
        fit.requireClasses()
                .require(
                        average != Average.BINARY || fit.classes() == 2,
                        "with average: binary needs two classes; macro, micro or weighted takes any number");
    }

    /** @param average null takes class 1 alone of two classes */
    static double[] add(double[] state, LabeledPredictions outcome, Double threshold, Average average) {
        Decisions decisions = Decisions.of(outcome, threshold);
        boolean exclusive = decisions instanceof OneOfMany;
        boolean binary = average == Average.BINARY || (average == null && exclusive && decisions.classes() == 2);
        int first = binary ? 1 : 0;
        int count = decisions.classes() - first;
        double[] counts = state.length == 0 ? new double[count * FIELDS] : state;

        for (int position = 0; position < decisions.positions(); position++) {
            double weight = outcome.weight(position, decisions.positions());
            for (int c = 0; c < count && !decisions.ignores(position); c++) {
                boolean said = decisions.says(position, first + c);
                boolean right = decisions.holds(position, first + c);
                counts[c * FIELDS + HITS] += said && right ? weight : 0;
                counts[c * FIELDS + SAID] += said ? weight : 0;
                counts[c * FIELDS + RIGHT] += right ? weight : 0;
                counts[c * FIELDS + LISTED] += said || right || binary || !exclusive ? weight : 0;
            }
        }
        return counts;
    }

    static double value(double[] state, Average average, ClassRatio ratio) {
        double[] total = new double[FIELDS];
        double sum = 0;
        double weights = 0;
        for (int at = 0; at < state.length; at += FIELDS) {
            for (int i = 0; i < FIELDS; i++) {
                total[i] += state[at + i];
            }
            double weight = average == Average.WEIGHTED ? state[at + RIGHT] : state[at + LISTED] > 0 ? 1 : 0;
            sum += weight * ratio.of(state[at + HITS], state[at + SAID], state[at + RIGHT]);
            weights += weight;
        }

        if (total[LISTED] == 0) {
            return Double.NaN;
        }
        return average == Average.MICRO ? ratio.of(total[HITS], total[SAID], total[RIGHT]) : ratio(sum, weights);
    }
}

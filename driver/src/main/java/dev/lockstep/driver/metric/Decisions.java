package dev.lockstep.driver.metric;

/** What was said and what is true of each class at each position. */
interface Decisions {
    /** @param threshold of single values; null for what suits the loss */
    static Decisions of(LabeledPredictions outcome, Double threshold) {
        double limit = threshold == null ? outcome.meaning().threshold() : threshold;
        Scores scores = Scores.of(outcome.predictions());
        return outcome.meaning().manyMayBeRight() && scores.columns() > 1
                ? new SeveralOfMany(scores, Scores.of(outcome.targets()), limit)
                : OneOfMany.of(outcome, scores, limit);
    }

    int classes();

    int positions();

    /** Whether the target is one that the loss leaves out. */
    boolean ignores(int position);

    /** Whether the class was predicted. */
    boolean says(int position, int c);

    /** Whether the class is right. */
    boolean holds(int position, int c);
}

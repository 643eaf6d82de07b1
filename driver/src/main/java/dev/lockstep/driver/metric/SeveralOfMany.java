package dev.lockstep.driver.metric;

/**
 * Labels that do not exclude one another: each is said above the threshold, and right where its target is nearer to 1
 * than to 0.
 */
record SeveralOfMany(Scores scores, Scores targets, double threshold) implements Decisions {
    @Override
    public int classes() {
        return scores.columns();
    }

    @Override
    public int positions() {
        return scores.positions();
    }

    @Override
    public boolean ignores(int position) {
        return false;
    }

    @Override
    public boolean says(int position, int c) {
        return scores.at(position, c) > threshold;
    }

    @Override
    public boolean holds(int position, int c) {
        return targets.at(position, c) > 0.5;
    }
}

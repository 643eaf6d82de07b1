package dev.lockstep.driver.model;

import dev.lockstep.driver.data.encoding.Missing;

/**
 * What numbers of an example a model takes from a program.
 *
 * @param fills whether NaN is a gap that the model fills
 */
record NumberRule(boolean fills) {
    static NumberRule of(TrainedModel model) {
        return new NumberRule(model.file().encoding().missing() instanceof Missing.Filled);
    }

    /**
     * Refuses an example of which nothing true can be said.
     *
     * @param which of several, for messages
     */
    void require(double[] example, int which) {
        for (int i = 0; i < example.length; i++) {
            boolean good = Double.isNaN(example[i]) ? fills : Math.abs(example[i]) <= Float.MAX_VALUE;
            if (!good) {
                throw new IllegalArgumentException("Number must be finite and fit a 32-bit float: example=" + which
                        + ", place=" + i + ", value=" + example[i]);
            }
        }
    }
}

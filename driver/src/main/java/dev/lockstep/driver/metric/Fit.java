package dev.lockstep.driver.metric;

import dev.lockstep.losses.Loss;
import dev.lockstep.losses.Losses;
import java.util.Map;

/**
 * Whether predictions are what a metric can read.
 *
 * @param metric for messages
 * @param columns the predictions' extent along dimension 1
 */
record Fit(String metric, Loss loss, int columns) {
    static Fit of(Metric metric, Loss loss, int columns) {
        return new Fit(Metrics.nameOf(metric), loss, columns);
    }

    Meaning meaning() {
        return Meaning.of(loss);
    }

    /** How many classes there are to choose between; 0 if several may be right. */
    int classes() {
        if (meaning() == Meaning.CLASSES) {
            return columns;
        }
        if (columns == 1) {
            return 2;
        }
        return meaning().manyMayBeRight() ? 0 : columns;
    }

    Fit requireClasses() {
        return require(meaning().tellsClasses(), "needs predictions that tell classes");
    }

    Fit requireEstimates() {
        return require(meaning().estimatesTargets(), "needs predictions that estimate the targets");
    }

    Fit require(boolean fits, String rule) {
        if (!fits) {
            throw new IllegalArgumentException(metric + " " + rule + ": loss=" + nameOfLoss() + ", columns=" + columns);
        }
        return this;
    }

    private String nameOfLoss() {
        return Losses.byName().entrySet().stream()
                .filter(entry -> entry.getValue() == loss.getClass())
                .map(Map.Entry::getKey)
                .findFirst()
                .orElse(loss.getClass().getSimpleName());
    }
}

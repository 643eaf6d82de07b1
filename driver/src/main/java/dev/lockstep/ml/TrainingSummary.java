package dev.lockstep.ml;

import java.util.List;
import java.util.Map;

/**
 * How a model was trained. Lives as long as the model that a fit gave; not saved with it.
 *
 * @param epochs that were finished
 * @param steps that were applied
 * @param objectiveHistory mean loss over each epoch's examples, each at the parameters that its step found
 * @param validationHistory figures of each epoch by name, {@code loss} first; empty without validation rows
 * @param seconds of the whole training, its reading included
 * @param examplesPerSecond over the training steps
 */
public record TrainingSummary(
        int epochs,
        long steps,
        double[] objectiveHistory,
        List<Map<String, Double>> validationHistory,
        double seconds,
        double examplesPerSecond) {
    public TrainingSummary {
        objectiveHistory = objectiveHistory.clone();
        validationHistory = List.copyOf(validationHistory);
    }

    @Override
    public double[] objectiveHistory() {
        return objectiveHistory.clone();
    }
}

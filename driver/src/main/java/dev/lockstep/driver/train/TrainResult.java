package dev.lockstep.driver.train;

import dev.lockstep.driver.model.TrainedModel;
import java.util.Map;

/**
 * How a run ended.
 *
 * @param status why it ended
 * @param epochs that were finished
 * @param steps that were applied, those before a resume included
 * @param seconds of this run alone
 * @param examplesPerSecond over the training steps of this run alone
 * @param validation the last epoch's figures by name, {@code loss} first; empty where there are no validation data
 * @param model that was trained, with early stopping the best; null where the run was interrupted
 */
public record TrainResult(
        Status status,
        int epochs,
        long steps,
        double seconds,
        double examplesPerSecond,
        Map<String, Double> validation,
        TrainedModel model) {

    /** Why a run ended. */
    public enum Status {
        /** All epochs are done. */
        DONE,
        /** The metric did not get better for the patience that the job allows. */
        STOPPED_EARLY,
        /** Somebody asked for it; a checkpoint was written if the job has a place for one. */
        INTERRUPTED
    }
}

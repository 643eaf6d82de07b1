package dev.lockstep.driver.search;

import java.util.Map;

/**
 * A trial that was made.
 *
 * @param settings what was different from the job file, by key
 * @param status {@code done}, {@code stopped_early} or {@code failed}
 * @param seconds that it took
 * @param training loss of the epoch whose model was kept; NaN where it failed before
 * @param validation figures of that epoch by name; empty without validation data
 * @param error why it failed; null where it did not
 */
public record Trial(
        int number,
        Map<String, String> settings,
        String status,
        double seconds,
        double training,
        Map<String, Double> validation,
        String error) {
    static final String FAILED = "failed";

    static Trial failed(int number, Map<String, String> settings, double seconds, String error) {
        return new Trial(number, settings, FAILED, seconds, Double.NaN, Map.of(), error);
    }

    boolean failed() {
        return status.equals(FAILED);
    }
}

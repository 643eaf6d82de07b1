package dev.lockstep.driver.search;

import dev.lockstep.driver.job.Checkpoint;
import dev.lockstep.driver.job.Data;
import dev.lockstep.driver.job.Job;
import java.util.Map;

/**
 * A trial that may be made.
 *
 * @param settings what is different from the job file, by key
 * @param base the job without them
 * @param changed the job with them
 */
public record Candidate(Map<String, String> settings, Job base, Job changed) {
    /** The job of trial {@code number}, in a place of its own and with the same validation rows as all others. */
    Job job(int number) {
        Checkpoint checkpoint =
                changed.checkpoint() == null ? null : changed.checkpoint().dir(null);
        return changed.name(base.name() + " trial " + number)
                .data(data())
                .checkpoint(checkpoint)
                .output(base.output() + "/trials/" + number);
    }

    private Data data() {
        Data data = changed.data();
        return data.validation() == null
                ? data
                : data.validation(data.validation().drawnBy(base.train().seed()));
    }
}

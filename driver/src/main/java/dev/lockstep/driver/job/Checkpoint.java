package dev.lockstep.driver.job;

import dev.lockstep.driver.yaml.RecordChange;
import java.io.Serializable;

/**
 * Where and how often the state of a run is written.
 *
 * @param dir any path of Hadoop's file systems; null for {@code checkpoints} in the job's output
 * @param keep how many of the newest stay
 */
public record Checkpoint(String dir, Every every, int keep) implements Serializable {
    public Checkpoint {
        if (keep < 1) {
            throw new IllegalArgumentException("keep must be at least 1: keep=" + keep);
        }
    }

    public Checkpoint() {
        this(null, new Every(1, IntervalUnit.EPOCH), 3);
    }

    public Checkpoint dir(String changed) {
        return RecordChange.change(this, "dir", changed);
    }

    public Checkpoint every(int count, IntervalUnit unit) {
        return RecordChange.change(this, "every", new Every(count, unit));
    }

    public Checkpoint keep(int changed) {
        return RecordChange.change(this, "keep", changed);
    }
}

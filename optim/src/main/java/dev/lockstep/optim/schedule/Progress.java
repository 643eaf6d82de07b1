package dev.lockstep.optim.schedule;

import dev.lockstep.optim.SettingChecks;
import java.io.Serializable;

/**
 * How far training is before an update: all that a schedule may depend on.
 *
 * @param step updates made before this one: 0 for the first
 * @param stepsPerEpoch updates of one epoch, at least 1
 * @param reductions how often {@link ReduceLrOnPlateau} has asked for a lower rate; 0 without it
 */
public record Progress(long step, int stepsPerEpoch, int reductions) implements Serializable {
    public Progress {
        SettingChecks.requireAtLeast("step", step, 0);
        SettingChecks.requireAtLeast("stepsPerEpoch", stepsPerEpoch, 1);
        SettingChecks.requireAtLeast("reductions", reductions, 0);
    }

    public Progress(long step, int stepsPerEpoch) {
        this(step, stepsPerEpoch, 0);
    }

    /** Epochs completed before this update: 0 during the first. */
    public long epoch() {
        return step / stepsPerEpoch;
    }

    /** The same, for a schedule that began {@code steps} updates later than training. */
    Progress since(long steps) {
        return new Progress(step - steps, stepsPerEpoch, reductions);
    }
}

package dev.lockstep.optim.schedule;

import dev.lockstep.optim.SettingChecks;
import java.util.List;

/**
 * Stairs at given places, as {@code torch.optim.lr_scheduler.MultiStepLR}.
 *
 * <pre>
 *   η = η₀ · gamma^(number of milestones that are at most t)
 * </pre>
 *
 * @param milestones in any order; one named twice counts twice
 */
public record MultiStep(List<Integer> milestones, double gamma, Per per) implements Schedule {
    public MultiStep {
        milestones = List.copyOf(milestones);
        SettingChecks.requireAtLeastZero("gamma", gamma);
        milestones.forEach(milestone -> SettingChecks.requireAtLeast("milestones", milestone, 0));
    }

    public MultiStep(List<Integer> milestones) {
        this(milestones, 0.1, Per.EPOCH);
    }

    @Override
    public double lr(int group, double baseLr, Progress at) {
        double time = per.time(at);
        return baseLr
                * Math.pow(
                        gamma,
                        milestones.stream()
                                .filter(milestone -> milestone <= time)
                                .count());
    }
}

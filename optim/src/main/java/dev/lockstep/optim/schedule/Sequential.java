package dev.lockstep.optim.schedule;

import dev.lockstep.optim.SettingChecks;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * One schedule after another, as {@code torch.optim.lr_scheduler.SequentialLR}: each starts at its own 0, from the
 * optimizer's own rate, when its milestone is reached.
 *
 * @param milestones when the second, third, ... schedule takes over: ascending, one fewer than schedules
 * @param per what the milestones count; each schedule has its own
 */
public record Sequential(List<Schedule> schedulers, List<Integer> milestones, Per per) implements Schedule {
    public Sequential {
        schedulers = List.copyOf(schedulers);
        milestones = List.copyOf(milestones);
        if (milestones.size() != schedulers.size() - 1) {
            throw new IllegalArgumentException("There must be one milestone fewer than schedulers: schedulers="
                    + schedulers.size() + ", milestones=" + milestones);
        }
        for (int i = 0; i < milestones.size(); i++) {
            SettingChecks.requireAtLeast(
                    "milestones[" + i + "]", milestones.get(i), i == 0 ? 1 : milestones.get(i - 1) + 1L);
        }
        long waiting =
                schedulers.stream().filter(part -> part.plateau().isPresent()).count();
        if (waiting > 1) {
            throw new IllegalArgumentException(
                    "At most one of the schedulers may wait for a metric: reduce_lr_on_plateau=" + waiting);
        }
    }

    public Sequential(List<Schedule> schedulers, List<Integer> milestones) {
        this(schedulers, milestones, Per.EPOCH);
    }

    @Override
    public double lr(int group, double baseLr, Progress at) {
        int index = index(at);
        return schedulers.get(index).lr(group, baseLr, at.since(start(index, at.stepsPerEpoch())));
    }

    @Override
    public OptionalDouble momentum(int group, Progress at) {
        int index = index(at);
        return schedulers.get(index).momentum(group, at.since(start(index, at.stepsPerEpoch())));
    }

    /** Of all parts so far; one that another has replaced has no more. */
    @Override
    public long cycles(Progress at) {
        long cycles = 0;
        for (int part = 0; part <= index(at); part++) {
            long from = start(part, at.stepsPerEpoch());
            long until = part == index(at) ? at.step() : start(part + 1, at.stepsPerEpoch());
            cycles += schedulers.get(part).cycles(new Progress(until - from, at.stepsPerEpoch()));
        }
        return cycles;
    }

    private int index(Progress at) {
        double time = per.time(at);
        return (int) milestones.stream().filter(milestone -> milestone <= time).count();
    }

    private long start(int index, int stepsPerEpoch) {
        return index == 0 ? 0 : per.steps(milestones.get(index - 1), stepsPerEpoch);
    }

    @Override
    public Sequential over(long steps, int stepsPerEpoch) {
        List<Schedule> parts = new ArrayList<>();
        for (int index = 0; index < schedulers.size(); index++) {
            long end = index == milestones.size() ? steps : start(index + 1, stepsPerEpoch);
            parts.add(schedulers.get(index).over(end - start(index, stepsPerEpoch), stepsPerEpoch));
        }

        return new Sequential(parts, milestones, per);
    }

    @Override
    public void requireReady(int groups) {
        schedulers.forEach(part -> part.requireReady(groups));
    }

    @Override
    public Optional<ReduceLrOnPlateau> plateau() {
        return schedulers.stream().flatMap(part -> part.plateau().stream()).findFirst();
    }

    @Override
    public Optional<ReduceLrOnPlateau> plateau(Progress at) {
        int index = index(at);
        return schedulers.get(index).plateau(at.since(start(index, at.stepsPerEpoch())));
    }
}

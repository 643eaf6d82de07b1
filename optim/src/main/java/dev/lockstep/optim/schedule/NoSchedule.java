package dev.lockstep.optim.schedule;

/** Every update uses the optimizer's own rate. */
public record NoSchedule() implements Schedule {
    @Override
    public double lr(int group, double baseLr, Progress at) {
        return baseLr;
    }
}

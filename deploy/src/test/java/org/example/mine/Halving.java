package org.example.mine;

import dev.lockstep.optim.schedule.Progress;
import dev.lockstep.optim.schedule.Schedule;

/** Half the rate after so many steps. */
public record Halving(long after) implements Schedule {
    @Override
    public double lr(int group, double baseLr, Progress at) {
        return at.step() < after ? baseLr : baseLr / 2;
    }
}

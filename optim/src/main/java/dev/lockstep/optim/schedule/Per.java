package dev.lockstep.optim.schedule;

/** What a schedule counts: how often PyTorch's {@code scheduler.step()} would have been called. */
public enum Per {
    /** Once after every epoch. */
    EPOCH,
    /** Once after every update. */
    STEP,
    /** After every update, with the epoch and the part of it that is done: {@code scheduler.step(epoch + i / n)}. */
    FRACTION;

    double time(Progress at) {
        return switch (this) {
            case EPOCH -> at.epoch();
            case STEP -> at.step();
            case FRACTION -> (double) at.step() / at.stepsPerEpoch();
        };
    }

    /** How many updates {@code count} of these are. */
    long steps(long count, int stepsPerEpoch) {
        return this == STEP ? count : Math.multiplyExact(count, stepsPerEpoch);
    }
}

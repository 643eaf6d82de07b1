package dev.lockstep.driver.task;

import dev.lockstep.params.init.SplitMix64;

/**
 * The seed of everything random that one worker does in one step, so that a repeated or resumed step draws the same.
 */
public final class StepSeed {
    private StepSeed() {}

    public static long of(long seed, long step, int worker) {
        return SplitMix64.mix(
                SplitMix64.mix(SplitMix64.mix(seed + SplitMix64.GAMMA) ^ step) + worker * SplitMix64.GAMMA);
    }
}
